// SPDX-License-Identifier: Apache-2.0
#include "cases/io/evidence_folder.h"

#include <algorithm>
#include <fstream>
#include <sstream>

#include "platform/image/testing/pictures.h"
#include "platform/password/token.h"
#include "platform/sql/testing/both_databases.h"

namespace ys::cases {
namespace {

using sql::testing::must;

std::string film(std::size_t size) {
    std::string out(
        "\0\0\0\x18"
        "ftypmp42",
        12);
    for (std::size_t i = out.size(); i < size; ++i) out += static_cast<char>(i * 31 % 251);
    return out;
}

class EvidenceFolder_ : public ::testing::Test {
protected:
    static EvidenceRow row_of(const std::string& bytes, std::uint64_t id = 7) {
        EvidenceRow row{.id = EvidenceId{id}};
        row.sent_bytes = static_cast<std::int64_t>(bytes.size());
        row.sent_sha256 = password::sha256_hex(bytes);
        return row;
    }
    std::error_code refusal(const EvidenceRow& row, std::int64_t offset, std::string_view bytes) {
        const auto got = folder_.append(row, offset, bytes);
        return got ? std::error_code{} : got.error().code;
    }
    std::vector<std::string> names(const std::string& below) const {
        std::vector<std::string> out;
        std::error_code ec;
        for (const auto& each : std::filesystem::directory_iterator(root_ / below, ec))
            out.push_back(each.path().filename().string());
        std::ranges::sort(out);
        return out;
    }
    static std::string text_of(const std::filesystem::path& path) {
        std::ifstream in(path, std::ios::binary);
        std::ostringstream out;
        out << in.rdbuf();
        return out.str();
    }

    sql::testing::TemporaryFolder place_;
    const std::filesystem::path root_ = place_.path() + "/data/attachments";
    EvidenceFolder folder_{root_};
};

TEST_F(EvidenceFolder_, pieces_that_come_twice_or_overlap_make_the_same_file) {
    const std::string whole = film(1000);
    const EvidenceRow row = row_of(whole);
    EXPECT_EQ(must(folder_.append(row, 0, whole.substr(0, 400))), 400);
    EXPECT_EQ(must(folder_.append(row, 0, whole.substr(0, 400))), 400);
    EXPECT_EQ(must(folder_.append(row, 200, whole.substr(200, 500))), 700);
    EXPECT_EQ(refusal(row, 800, whole.substr(800)), EvidenceErrc::Gap);
    EXPECT_EQ(folder_.settle(row).error().code, EvidenceErrc::Incomplete);
    EXPECT_EQ(must(folder_.append(row, 700, whole.substr(700))), 1000);
    EXPECT_EQ(refusal(row, 999, "xx"), EvidenceErrc::Differs) << "more than was announced";
    const KeptBytes kept = must(folder_.settle(row));
    EXPECT_EQ(kept.kind, "mp4");
    EXPECT_EQ(kept.sha256, row.sent_sha256);
    EXPECT_EQ(must(folder_.settle(row)).sha256, row.sent_sha256)
        << "as after a stop before its row";
    EvidenceRow there = row;
    there.kind = kept.kind;
    EXPECT_EQ(text_of(folder_.file(there)), whole);
    folder_.finished(row.id);
    EXPECT_TRUE(names("incoming").empty());
    EXPECT_EQ(names("kept"), std::vector<std::string>{"7.mp4"});
}

TEST_F(EvidenceFolder_, a_photo_is_made_anew_and_may_be_settled_again_until_its_row_is_there) {
    const std::string photo = image::testing::make_jpeg({.width = 400, .height = 300});
    EvidenceRow row = row_of(photo);
    EXPECT_EQ(must(folder_.append(row, 0, photo)), row.sent_bytes);
    EXPECT_EQ(folder_.waiting(), std::vector<EvidenceId>{row.id});
    const KeptBytes first = must(folder_.settle(row)), again = must(folder_.settle(row));
    EXPECT_EQ(first.sha256, again.sha256);
    EXPECT_EQ(first.width, 400);
    row.kind = first.kind;
    EXPECT_EQ(password::sha256_hex(text_of(folder_.file(row))), first.sha256);
    EXPECT_EQ(text_of(folder_.file(row)).find("SECRET"), std::string::npos);
    folder_.finished(row.id);
    EXPECT_EQ(names("kept"), (std::vector<std::string>{"7.jpg", "7.small.jpg"}));
    folder_.drop(row.id);
    EXPECT_TRUE(names("kept").empty());
}

TEST_F(EvidenceFolder_, what_is_no_photo_is_refused_at_its_first_piece) {
    const std::string page = "<html><script>alert(1)</script></html>";
    EXPECT_EQ(refusal(row_of(page), 0, page), EvidenceErrc::WrongType);
    EvidenceRow large = row_of(page);
    large.sent_bytes = photo_bytes_max + 1;
    EXPECT_EQ(refusal(large, 0, image::testing::make_png(2, 2)), EvidenceErrc::PhotoTooLarge);
    large.sent_bytes = video_bytes_max;
    EXPECT_EQ(refusal(large, 0, film(50)), std::error_code{});
    EXPECT_EQ(refusal(row_of(film(60), 8), 10, "later"), EvidenceErrc::Gap);
}

TEST_F(EvidenceFolder_, bytes_that_are_not_those_announced_are_dropped) {
    const std::string whole = film(300);
    EvidenceRow row = row_of(whole);
    must(folder_.append(row, 0, film(300).replace(200, 1, "?")));
    EXPECT_EQ(folder_.settle(row).error().code, EvidenceErrc::Differs);
    EXPECT_EQ(folder_.received(row.id), 0);
    must(folder_.append(row, 0, whole));
    EXPECT_TRUE(folder_.settle(row)) << "it is sent again and is well";
    const std::string bomb = image::testing::png_that_claims(50'000, 50'000);
    EvidenceRow other = row_of(bomb, 8);
    must(folder_.append(other, 0, bomb));
    EXPECT_EQ(folder_.settle(other).error().code, EvidenceErrc::TooManyPixels);
    const std::string torn = image::testing::make_jpeg({}).substr(0, 300);
    EvidenceRow half = row_of(torn, 9);
    must(folder_.append(half, 0, torn));
    EXPECT_EQ(folder_.settle(half).error().code, EvidenceErrc::Damaged);
}

}  // namespace
}  // namespace ys::cases
