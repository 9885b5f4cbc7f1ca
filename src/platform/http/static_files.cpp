// SPDX-License-Identifier: Apache-2.0
#include "platform/http/static_files.h"

#include <algorithm>

#include "base/panic.h"
#include "platform/http/syntax.h"
#include "platform/password/token.h"

namespace ys::http {
namespace {

constexpr std::string_view nonce_mark = "__NONCE__";

std::string with_nonce(std::string_view html, std::string_view nonce) {
    std::string out;
    out.reserve(html.size() + 64);
    for (;;) {
        const auto at = html.find(nonce_mark);
        out.append(html.substr(0, at));
        if (at == std::string_view::npos) return out;
        out.append(nonce);
        html.remove_prefix(at + nonce_mark.size());
    }
}

bool is_page_path(std::string_view path) {
    return path.substr(path.rfind('/') + 1).find('.') == std::string_view::npos;
}

}  // namespace

std::string content_security_policy(std::string_view nonce, std::string_view framed_by) {
    return "default-src 'self'; script-src 'self'; style-src 'self' 'nonce-" + std::string(nonce) +
           "'; connect-src 'self' ws: wss:; img-src 'self' data: blob:; media-src 'self' blob:; "
           "object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors " +
           std::string(framed_by);
}

StaticFiles::StaticFiles(std::span<const Asset> assets) : assets_(assets) {
    YS_ASSERT(std::ranges::is_sorted(assets_, {}, &Asset::path));
}

const Asset* StaticFiles::find(std::string_view path) const {
    const auto at = std::ranges::lower_bound(assets_, path, {}, &Asset::path);
    return at != assets_.end() && at->path == path ? &*at : nullptr;
}

Response StaticFiles::page(const Asset& asset) const {
    const std::string nonce = password::random_token(16);
    Response response = text_response(200, with_nonce(asset.bytes, nonce), asset.content_type);
    // The city's own pages frame the chat (widget.js): it has no session, and its token is kept
    // apart for each site by the browser. Nothing else is ever framed.
    const std::string_view framed_by = asset.path == "/chat.html" ? "*" : "'none'";
    response.with("Content-Security-Policy", content_security_policy(nonce, framed_by));
    response.with("Permissions-Policy", "microphone=(self), camera=(self), geolocation=(self)");
    return response;
}

Response StaticFiles::answer(const Request& request) const {
    if (request.method != "GET" && request.method != "HEAD")
        return text_response(405, "method not allowed\n").with("Allow", "GET, HEAD");
    const Asset* asset = find(request.path == "/" ? "/index.html" : request.path);
    if (!asset && is_page_path(request.path)) asset = find("/index.html");
    if (!asset) return text_response(404, "not found\n");
    if (asset->path.ends_with(".html")) return page(*asset);

    Response response;
    response.with("ETag", std::string(asset->etag)).with("Vary", "Accept-Encoding");
    // Names under /assets/ carry a digest of what is in them.
    response.with("Cache-Control", asset->path.starts_with("/assets/")
                                       ? "public, max-age=31536000, immutable"
                                       : "no-cache");
    if (request.header("if-none-match").find(asset->etag) != std::string_view::npos) {
        response.status = 304;
        return response;
    }
    response.with("Content-Type", std::string(asset->content_type));
    const std::string_view accepted = request.header("accept-encoding");
    response.constant_body = asset->bytes;
    if (!asset->brotli.empty() && accepts_encoding(accepted, "br")) {
        response.constant_body = asset->brotli;
        response.with("Content-Encoding", "br");
    } else if (!asset->gzip.empty() && accepts_encoding(accepted, "gzip")) {
        response.constant_body = asset->gzip;
        response.with("Content-Encoding", "gzip");
    }
    return response;
}

}  // namespace ys::http
