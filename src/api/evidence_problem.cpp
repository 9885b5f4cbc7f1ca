// SPDX-License-Identifier: Apache-2.0
#include "api/evidence_problem.h"

#include <algorithm>
#include <array>

#include "cases/evidence.h"

namespace ys::api {
namespace {

using cases::EvidenceErrc;

struct Row {
    EvidenceErrc code;
    int status;
    std::string_view zh, en;
};

// clang-format off
constexpr std::array rows{
    Row{EvidenceErrc::Empty,         422, "这个文件是空的，请另选一个", "This file is empty; choose another."},
    Row{EvidenceErrc::WrongType,     422, "照片需为 JPG 或 PNG，不超过 10MB；视频需为 MP4 或 MOV，不超过 100MB", "A photo has to be JPG or PNG of at most 10 MB, a video MP4 or MOV of at most 100 MB."},
    Row{EvidenceErrc::PhotoTooLarge, 422, "照片需为 JPG 或 PNG，不超过 10MB", "A photo has to be JPG or PNG of at most 10 MB."},
    Row{EvidenceErrc::VideoTooLarge, 422, "视频需为 MP4 或 MOV，不超过 100MB", "A video has to be MP4 or MOV of at most 100 MB."},
    Row{EvidenceErrc::TooManyPixels, 422, "照片的像素太多，不能超过 6400 万像素，请缩小后再传", "The photo has more than 64 megapixels; make it smaller and send it again."},
    Row{EvidenceErrc::Damaged,       422, "这张照片打不开，可能已损坏，请重拍或另选一张", "This photo cannot be opened; it may be damaged. Take or choose another."},
    Row{EvidenceErrc::TooMany,       409, "这张工单能收的照片和视频已满，不能再传", "This case holds as many photos and videos as it can."},
    Row{EvidenceErrc::Gap,           409, "前面的部分还没有收到，请继续上传", "What stands before this has not arrived; go on sending from there."},
    Row{EvidenceErrc::Incomplete,    409, "文件还没有传完，请继续上传", "The file has not arrived whole; go on sending."},
    Row{EvidenceErrc::Differs,       422, "收到的内容与原文件不一致，请重新上传", "What arrived is not the file that was announced; send it again."},
    Row{EvidenceErrc::Gone,          404, "这次上传已过期，请重新上传", "This upload is over; send the file again."},
    Row{EvidenceErrc::Busy,          409, "同一个文件正在上传，请稍候", "The same file is being sent already; wait a moment."},
};
// clang-format on

}  // namespace

std::optional<Problem> problem_of_evidence(const Error& error) {
    if (error.code.category() != cases::evidence_category()) return std::nullopt;
    const auto code = static_cast<EvidenceErrc>(error.code.value());
    const auto row = std::ranges::find(rows, code, &Row::code);
    if (row == rows.end()) return std::nullopt;
    return Problem{row->status, error.code.message(), {}, {}};
}

std::string_view evidence_sentence(std::string_view word, std::string_view language) {
    for (const Row& row : rows)
        if (make_error_code(row.code).message() == word) return language == "en" ? row.en : row.zh;
    return {};
}

}  // namespace ys::api
