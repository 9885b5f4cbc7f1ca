// SPDX-License-Identifier: Apache-2.0
#include "voice/speech/mrcp/nlsml.h"

#include <algorithm>
#include <charconv>
#include <string>
#include <vector>

#include "base/text.h"
#include "voice/speech/errc.h"

namespace ys::speech {
namespace {

constexpr std::size_t depth_max = 16;
constexpr std::size_t text_max = 4'096;

Error bad(const char* why) { return {Errc::failed, std::string("NLSML: ") + why}; }

bool is_space(char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n'; }

/// "ex:input" is input: which prefix a server chooses says nothing.
std::string_view local(std::string_view name) {
    const std::size_t colon = name.rfind(':');
    return colon == std::string_view::npos ? name : name.substr(colon + 1);
}

void append_utf8(std::string& out, std::uint32_t code) {
    const auto put = [&](std::uint32_t byte) { out += static_cast<char>(byte); };
    if (code < 0x80) {
        put(code);
    } else if (code < 0x800) {
        put(0xC0 | code >> 6);
        put(0x80 | (code & 0x3F));
    } else if (code < 0x10000) {
        put(0xE0 | code >> 12);
        put(0x80 | (code >> 6 & 0x3F));
        put(0x80 | (code & 0x3F));
    } else {
        put(0xF0 | code >> 18);
        put(0x80 | (code >> 12 & 0x3F));
        put(0x80 | (code >> 6 & 0x3F));
        put(0x80 | (code & 0x3F));
    }
}

/// What stands between & and ;
bool append_entity(std::string& out, std::string_view name) {
    constexpr std::pair<std::string_view, char> known[] = {
        {"lt", '<'}, {"gt", '>'}, {"amp", '&'}, {"quot", '"'}, {"apos", '\''}};
    for (const auto& [text, sign] : known)
        if (name == text) {
            out += sign;
            return true;
        }
    if (!name.starts_with('#')) return false;
    name.remove_prefix(1);
    const bool is_hex = name.starts_with('x');
    if (is_hex) name.remove_prefix(1);
    std::uint32_t code = 0;
    const char* end = name.data() + name.size();
    const auto [at, error] = std::from_chars(name.data(), end, code, is_hex ? 16 : 10);
    if (error != std::errc{} || at != end || code == 0 || code > 0x10FFFF) return false;
    append_utf8(out, code);
    return true;
}

bool append_text(std::string& out, std::string_view raw) {
    while (!raw.empty() && out.size() < text_max) {
        const std::size_t sign = std::min(raw.find('&'), raw.size());
        out += raw.substr(0, std::min(sign, text_max));
        raw.remove_prefix(sign);
        if (raw.empty()) break;
        const std::size_t end = raw.find(';');
        if (end == std::string_view::npos || !append_entity(out, raw.substr(1, end - 1)))
            return false;
        raw.remove_prefix(end + 1);
    }
    return true;
}

/// The value of an attribute of a tag's inside; "" when it has none.
std::string_view attribute(std::string_view inside, std::string_view wanted) {
    while (true) {
        const std::size_t equals = inside.find('=');
        if (equals == std::string_view::npos) return {};
        std::string_view name = trimmed(inside.substr(0, equals));
        name = name.substr(std::min(name.find_last_of(" \t\r\n") + 1, name.size()));
        inside = trimmed(inside.substr(equals + 1));
        if (inside.empty() || (inside[0] != '"' && inside[0] != '\'')) return {};
        const std::size_t end = inside.find(inside[0], 1);
        if (end == std::string_view::npos) return {};
        if (name == wanted) return inside.substr(1, end - 1);
        inside.remove_prefix(end + 1);
    }
}

/// 0..1 in MRCPv2; the drafts before it said 0..100.
std::optional<double> confidence_of(std::string_view inside) {
    const std::string_view text = trimmed(attribute(inside, "confidence"));
    double value = 0;
    const auto [at, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (text.empty() || error != std::errc{} || at != text.data() + text.size())
        return std::nullopt;
    if (!(value >= 0) || value > 100) return std::nullopt;
    return value > 1 ? value / 100 : value;
}

/// One line, single blanks.
std::string collapsed(std::string_view text) {
    std::string out;
    for (const char c : trimmed(text)) {
        if (!is_space(c))
            out += c;
        else if (out.back() != ' ')
            out += ' ';
    }
    return out;
}

class Reader {
public:
    explicit Reader(std::string_view xml) : left_(xml) {}

    Result<SpokenWords> read() {
        while (!left_.empty()) {
            const std::size_t tag = std::min(left_.find('<'), left_.size());
            if (!text(left_.substr(0, tag))) return bad("a text or an entity where none may be");
            left_.remove_prefix(tag);
            if (left_.empty()) break;
            YS_TRY(Done done, markup());
            static_cast<void>(done);
        }
        if (!open_.empty() || !has_result_) return bad("it ends too early");
        return outcome();
    }

private:
    struct Element {
        std::string_view name;  ///< as it is written, prefix and all
        bool is_of_keys;        ///< <input mode="dtmf">
    };

    /// Nothing but blanks may stand outside the root.
    bool text(std::string_view raw) {
        if (open_.empty()) return trimmed(raw).empty();
        std::string* into = place();
        std::string unheard;
        return append_text(into != nullptr ? *into : unheard, raw);
    }

    /// Where the text goes that stands here: an input's, else an instance's, else nowhere.
    std::string* place() {
        if (interpretations_ != 1) return nullptr;
        for (auto it = open_.rbegin(); it != open_.rend(); ++it) {
            if (local(it->name) == "input") return it->is_of_keys ? nullptr : &input_;
            if (local(it->name) == "instance") return &instance_;
        }
        return nullptr;
    }

    bool skip(std::string_view begin, std::string_view end) {
        if (!left_.starts_with(begin)) return false;
        const std::size_t at = left_.find(end, begin.size());
        left_.remove_prefix(at == std::string_view::npos ? left_.size() : at + end.size());
        return true;
    }

    Result<Done> markup() {
        constexpr std::string_view cdata = "<![CDATA[";
        if (left_.starts_with(cdata)) {
            const std::size_t end = left_.find("]]>");
            if (end == std::string_view::npos || open_.empty()) return bad("CDATA without end");
            if (std::string* into = place(); into != nullptr && into->size() < text_max)
                *into += left_.substr(cdata.size(), std::min(end - cdata.size(), text_max));
            left_.remove_prefix(end + 3);
            return Done{};
        }
        if (skip("<!--", "-->") || skip("<?", "?>")) return Done{};
        if (left_.starts_with("<!")) return bad("a doctype");
        const auto end = end_of_tag();
        if (!end) return bad("a tag without end");
        std::string_view inside = left_.substr(1, *end - 1);
        left_.remove_prefix(*end + 1);
        if (inside.starts_with('/')) return close(trimmed(inside.substr(1)));
        const bool is_empty = inside.ends_with('/');
        if (is_empty) inside.remove_suffix(1);
        const std::size_t blank = std::min(inside.find_first_of(" \t\r\n"), inside.size());
        YS_TRY(Done opened, open(inside.substr(0, blank), inside.substr(blank)));
        static_cast<void>(opened);
        if (is_empty) open_.pop_back();
        return Done{};
    }

    /// A > within quotes ends no tag.
    std::optional<std::size_t> end_of_tag() const {
        char quote = 0;
        for (std::size_t i = 1; i < left_.size(); ++i) {
            const char c = left_[i];
            if (quote != 0) {
                if (c == quote) quote = 0;
            } else if (c == '"' || c == '\'') {
                quote = c;
            } else if (c == '>') {
                return i;
            }
        }
        return std::nullopt;
    }

    Result<Done> open(std::string_view name, std::string_view attributes) {
        const std::string_view plain = local(name);
        if (plain.empty()) return bad("a tag without name");
        if (open_.size() == depth_max) return bad("too deep");
        if (open_.empty()) {
            if (has_result_ || plain != "result") return bad("no <result>");
            has_result_ = true;
        }
        const bool is_of_input = plain == "input";
        const bool is_of_keys = is_of_input && attribute(attributes, "mode") == "dtmf";
        if (plain == "interpretation") {
            ++interpretations_;
            if (interpretations_ == 1) certainty_ = confidence_of(attributes);
        } else if (is_of_input && !is_of_keys && interpretations_ == 1 && !certainty_) {
            certainty_ = confidence_of(attributes);
        }
        if (place() == &instance_ && !is_of_input) has_structure_ = true;
        if (plain == "nomatch") is_no_match_ = true;
        open_.push_back({name, is_of_keys});
        return Done{};
    }

    Result<Done> close(std::string_view name) {
        if (open_.empty() || open_.back().name != name) return bad("tags that do not match");
        open_.pop_back();
        return Done{};
    }

    Result<SpokenWords> outcome() const {
        // Without <input>, a plain <instance> holds the words; one with a structure is a meaning.
        std::string words = collapsed(input_);
        if (words.empty() && !has_structure_) words = collapsed(instance_);
        words = cleaned(words, AsrEngine::text_bytes_max);
        if (trimmed(words).empty())
            return Error{Errc::not_understood, is_no_match_ ? "no match" : "no words"};
        return SpokenWords{std::move(words), certainty_};
    }

    std::string_view left_;
    std::vector<Element> open_;
    std::string input_, instance_;
    std::optional<double> certainty_;
    int interpretations_ = 0;
    bool has_result_ = false, has_structure_ = false, is_no_match_ = false;
};

}  // namespace

Result<SpokenWords> words_of_nlsml(std::string_view xml) {
    if (xml.starts_with("\xEF\xBB\xBF")) xml.remove_prefix(3);
    return Reader(xml).read();
}

}  // namespace ys::speech
