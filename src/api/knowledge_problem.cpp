// SPDX-License-Identifier: Apache-2.0
#include "api/knowledge_problem.h"

#include <algorithm>
#include <array>

#include "knowledge/errc.h"

namespace ys::api {
namespace {

using knowledge::Errc;

struct Sentence {
    std::string_view code, zh, en;
};

// clang-format off
constexpr std::array sentences{
    Sentence{"nothing_open",     "没有正在编写的版本",             "No version is being written."},
    Sentence{"no_such_version",  "没有这个版本",                   "There is no such version."},
    Sentence{"part_missing",     "还有内容没有写",                 "A part is missing."},
    Sentence{"part_too_long",    "有一项内容太长",                 "A part is too long."},
    Sentence{"already_expired",  "生效时已过有效期，请先改有效期", "It would have expired by then."},
    Sentence{"not_in_the_past",  "生效时间不能早于现在",           "Nothing comes into force in the past."},
    Sentence{"in_force_already", "这个版本已经对外使用，不能撤销", "It has been said already; another version may take its place."},
    Sentence{"nothing_said",     "那时没有正在使用的版本",         "Nothing is said at that time."},
    Sentence{"not_retiring",     "没有安排停用",                   "It is not to be retired."},
    Sentence{"still_learning",   "正在学习，请过几秒再看",         "Still learning; look again in a few seconds."},
    Sentence{"no_list",          "链接已失效，请重新回答问题，或拨打热线", "This link is over. Answer the questions again, or ring the hotline."},
    Sentence{"not_whole",        "还有问题没有回答",               "A question is still open."},
    Sentence{"list_full",        "这份清单能收的照片已满",         "The list holds as many photos as it can."},
    Sentence{"photos_only",      "这里只收照片，需为 JPG 或 PNG，不超过 10MB", "Only photos are taken here, JPG or PNG of at most 10 MB."},
    Sentence{"no_sms_gateway",   "没有配置短信网关，不能发短信",   "No SMS gateway is set up."},
    Sentence{"no_public_address", "没有配置市民网页的地址，不能发链接", "No public address is set, so a link would lead nowhere."},
    Sentence{"no_mobile",        "这个号码收不到短信",             "This number takes no text messages."},
    Sentence{"flow_has_faults",  "流程还有问题，不能发布",           "The flow has faults and is not published."},
    Sentence{"does_not_read",    "这个版本的文本读不懂",           "The text of this version does not read."},
    Sentence{"import_old_office", "这是旧格式（.doc、.xls）或加了密码的文件，请另存为不加密的 .docx 或 .xlsx", "This is an old or encrypted Office file; save it as .docx or .xlsx without a password."},
    Sentence{"import_pdf",       "这是 PDF，里面的文字读不准，请用原来的 Word 或 Excel 文件", "This is a PDF; bring the Word or Excel file it was made of."},
    Sentence{"import_no_office", "这不是 Word、Excel 或 CSV 文件", "This is no Word, Excel or CSV file."},
    Sentence{"import_empty",     "文件是空的",                     "The file is empty."},
    Sentence{"import_broken",    "文件损坏，或不是 Word、Excel、CSV 文件", "The file is broken, or no Word, Excel or CSV file."},
    Sentence{"import_unsafe",    "文件里有外部引用或实体定义，为安全起见不读取，请另存一份再导入", "The file defines entities or points outside itself, and is not read. Save it anew."},
    Sentence{"import_too_large", "文件内容太多：最多5000行，解开后文字不超过约16MB，请分成几份", "There is too much in the file: 5,000 rows and some 16 MB of text at most. Split it."},
    Sentence{"import_encoding",  "文字编码读不懂，请存为 UTF-8 或 GB18030（GBK）", "The text is neither UTF-8 nor GB18030."},
    Sentence{"paste_too_large",  "粘贴的内容太多或层次太深，请分几次粘贴", "Too much was pasted, or too deep; paste it in parts."},
    Sentence{"enough_askings",   "这个事项的问法已经够多了",       "The matter has as many ways of asking as it can have."},
};
// clang-format on

bool is_impossible_now(Errc code) {
    constexpr std::array impossible{Errc::NotNow, Errc::NothingOpen, Errc::InForceAlready,
                                    Errc::NothingSaid, Errc::NotRetiring};
    return std::ranges::find(impossible, code) != impossible.end();
}

}  // namespace

std::optional<Problem> problem_of_knowledge(const Error& error) {
    const std::string_view word = knowledge::word_of(error.code);
    if (word.empty()) return std::nullopt;
    const auto code = static_cast<Errc>(error.code.value());
    Problem problem;
    problem.status = is_impossible_now(code) ? 409 : 422;
    problem.code = word;
    // The engine's note is the part.
    if (code == Errc::PartMissing || code == Errc::PartTooLong)
        problem.fields.push_back({error.note, problem.code});
    return problem;
}

std::string_view knowledge_sentence(std::string_view word, std::string_view language) {
    const auto found = std::ranges::find(sentences, word, &Sentence::code);
    if (found == sentences.end()) return {};
    return language == "en" ? found->en : found->zh;
}

}  // namespace ys::api
