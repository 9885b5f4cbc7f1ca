// SPDX-License-Identifier: Apache-2.0
#include "api/file_answer.h"

#include "api/refusal.h"
#include "platform/http/syntax.h"

namespace ys::api {

Result<FileAnswer> file_answer(const http::Request& request, const std::filesystem::path& path,
                               std::string content_type) {
    std::error_code ec;
    const std::uint64_t size = std::filesystem::file_size(path, ec);
    if (ec) return refused("not_found", RefusedAs::NotFound);
    const auto choice = http::choose_range(request.header("range"), size);
    FileAnswer out;
    out.response.with("Accept-Ranges", "bytes").with("Cache-Control", "private, no-store");
    if (choice.answer == http::RangeAnswer::Unsatisfiable) {
        out.response.status = 416;
        out.response.with("Content-Range", "bytes */" + std::to_string(size));
        return out;
    }
    const bool is_part = choice.answer == http::RangeAnswer::Part;
    const http::ByteRange part = is_part ? choice.part : http::ByteRange{0, size ? size - 1 : 0};
    out.is_beginning = part.first == 0;
    out.response.file = http::FilePart{path, part.first, size ? part.last - part.first + 1 : 0};
    out.response.with("Content-Type", std::move(content_type));
    out.response.with("Content-Security-Policy", "default-src 'none'; sandbox");
    if (is_part) {
        out.response.status = 206;
        out.response.with("Content-Range", "bytes " + std::to_string(part.first) + "-" +
                                               std::to_string(part.last) + "/" +
                                               std::to_string(size));
    }
    return out;
}

}  // namespace ys::api
