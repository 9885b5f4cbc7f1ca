// SPDX-License-Identifier: Apache-2.0
#include "platform/office/markup.h"

#include <algorithm>
#include <cstring>
#include <memory>

#include <libxml/HTMLparser.h>
#include <libxml/parser.h>
#include <libxml/parserInternals.h>

namespace ys::office {
namespace {

std::string_view view(const xmlChar* text) {
    return text == nullptr ? std::string_view{} : reinterpret_cast<const char*>(text);
}

std::string_view view(const xmlChar* from, const xmlChar* to) {
    return {reinterpret_cast<const char*>(from), static_cast<std::size_t>(to - from)};
}

/// What libxml2 gives back to our callbacks.
struct Reading {
    MarkupListener& listener;
    xmlParserCtxtPtr context = nullptr;
    std::size_t depth = 0;
    bool is_too_deep = false, has_type = false;
    Attributes attributes{};

    void open(std::string_view name) {
        if (++depth > markup_depth_max) {
            is_too_deep = true;
            xmlStopParser(context);
        }
        if (!is_too_deep) listener.opened(name, attributes);
    }
    void close(std::string_view name) {
        if (depth > 0) --depth;
        if (!is_too_deep) listener.closed(name);
    }
};

Reading& reading(void* user) { return *static_cast<Reading*>(user); }

void open_xml(void* user, const xmlChar* name, const xmlChar*, const xmlChar*, int, const xmlChar**,
              int attributes, int, const xmlChar** values) {
    Reading& to = reading(user);
    to.attributes.clear();
    // libxml2 gives five pointers an attribute: name, prefix, URI, begin and end of the value.
    for (int i = 0; i < attributes; ++i, values += 5)
        to.attributes.emplace_back(view(values[0]), view(values[3], values[4]));
    to.open(view(name));
}

void close_xml(void* user, const xmlChar* name, const xmlChar*, const xmlChar*) {
    reading(user).close(view(name));
}

void open_html(void* user, const xmlChar* name, const xmlChar** pairs) {
    Reading& to = reading(user);
    to.attributes.clear();
    for (; pairs != nullptr && pairs[0] != nullptr; pairs += 2)
        to.attributes.emplace_back(view(pairs[0]), view(pairs[1]));
    to.open(view(name));
}

void close_html(void* user, const xmlChar* name) { reading(user).close(view(name)); }

void take_text(void* user, const xmlChar* text, int size) {
    if (!reading(user).is_too_deep) reading(user).listener.text(view(text, text + size));
}

void refuse_type(void* user, const xmlChar*, const xmlChar*, const xmlChar*) {
    reading(user).has_type = true;
    xmlStopParser(reading(user).context);
}

// Faults are told by the result; libxml2 would print them.
void say_nothing(void*, xmlErrorPtr) {}

xmlSAXHandler handler() {
    static const bool is_ready = [] {
        xmlInitParser();
        return true;
    }();
    (void)is_ready;
    xmlSAXHandler out;
    std::memset(&out, 0, sizeof out);
    out.initialized = XML_SAX2_MAGIC;
    out.characters = out.cdataBlock = out.ignorableWhitespace = take_text;
    out.serror = say_nothing;
    return out;
}

struct FreeXml {
    void operator()(xmlParserCtxtPtr context) const { xmlFreeParserCtxt(context); }
};
struct FreeHtml {
    void operator()(htmlParserCtxtPtr context) const { htmlFreeParserCtxt(context); }
};

Error wrong(const char* what) {
    return {std::errc::invalid_argument, std::string("markup: ") + what};
}

}  // namespace

std::string_view attribute(const Attributes& attributes, std::string_view name) {
    const auto found = std::ranges::find(attributes, name, &Attributes::value_type::first);
    return found == attributes.end() ? std::string_view{} : found->second;
}

Result<Done> read_xml(std::string_view xml, MarkupListener& listener) {
    xmlSAXHandler sax = handler();
    sax.startElementNs = open_xml;
    sax.endElementNs = close_xml;
    sax.internalSubset = refuse_type;
    Reading to{.listener = listener};
    const std::unique_ptr<xmlParserCtxt, FreeXml> context(
        xmlCreatePushParserCtxt(&sax, &to, nullptr, 0, nullptr));
    if (!context) return wrong("no room to read");
    to.context = context.get();
    xmlCtxtUseOptions(context.get(), XML_PARSE_NONET);
    constexpr std::size_t piece = 64 * 1024;
    int failed = 0;
    for (std::size_t at = 0; at < xml.size() && failed == 0; at += piece) {
        const std::string_view next = xml.substr(at, piece);
        failed = xmlParseChunk(context.get(), next.data(), static_cast<int>(next.size()), 0);
    }
    if (failed == 0) failed = xmlParseChunk(context.get(), nullptr, 0, 1);
    if (to.has_type) return Error{std::errc::operation_not_permitted, "markup: a document type"};
    if (to.is_too_deep) return wrong("too deep");
    if (failed != 0 || to.depth != 0 || context->wellFormed == 0) return wrong("not well formed");
    return Done{};
}

Result<Done> read_html(std::string_view html, MarkupListener& listener) {
    if (html.empty()) return Done{};
    const std::unique_ptr<xmlParserCtxt, FreeHtml> context(
        htmlCreateMemoryParserCtxt(html.data(), static_cast<int>(html.size())));
    if (!context) return wrong("no room to read");
    Reading to{.listener = listener, .context = context.get()};
    xmlSAXHandler sax = handler();
    sax.startElement = open_html;
    sax.endElement = close_html;
    std::memcpy(context->sax, &sax, sizeof sax);
    context->userData = &to;
    htmlCtxtUseOptions(context.get(), HTML_PARSE_NONET);
    // Browsers hand over UTF-8, whatever a <meta> in the page says.
    if (auto* utf8 = xmlFindCharEncodingHandler("UTF-8")) xmlSwitchToEncoding(context.get(), utf8);
    htmlParseDocument(context.get());
    if (to.is_too_deep) return wrong("too deep");
    return Done{};
}

}  // namespace ys::office
