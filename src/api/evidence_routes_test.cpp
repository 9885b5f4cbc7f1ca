// SPDX-License-Identifier: Apache-2.0
// Photos of a case through its routes: by who works on it, by its citizen, and by nobody else.
#include <gtest/gtest.h>

#include "api/testing/hotline.h"
#include "cases/evidence.h"
#include "cases/io/crew_store.h"
#include "cases/io/pass_store.h"
#include "cases/io/unit_store.h"
#include "platform/clock.h"
#include "platform/image/testing/pictures.h"
#include "platform/password/token.h"

namespace ys::api {
namespace {

using testing::Answer;
using testing::Browser;
using testing::json_of;

class Evidence_ : public testing::Hotline {
protected:
    std::string pass_to(CentreId centre) {
        std::string token;
        const UtcTime now = utc_now(), until{now.us + 3'600'000'000};
        EXPECT_TRUE(write([&](sql::Transaction& tx) -> Result<Done> {
            const cases::CasePass pass{things_of(centre).case_id, centre, until};
            YS_TRY(token, cases::PassStore::issue(tx, pass, now));
            return Done{};
        }));
        return "X-Case-Pass: " + token + "\r\n";
    }
    static std::string offer(const std::string& bytes, const std::string& name = "a.jpg") {
        return R"({"name":")" + name + R"(","size":)" + std::to_string(bytes.size()) +
               R"(,"sha256":")" + password::sha256_hex(bytes) + R"(","purpose":"before"})";
    }
    /// Announces, sends in pieces, finishes; the answer of the last step that was reached.
    Answer sent(Browser& who, const std::string& path, const std::string& bytes,
                const std::string& headers = "") {
        const Answer begun = who.send("POST", path, offer(bytes), headers);
        if (begun.status != 201) return begun;
        const std::string one = path + "/" + std::to_string(json_of(begun).at("id").as_int64());
        for (std::size_t at = 0; at < bytes.size(); at += piece_) {
            const Answer piece = who.send("PATCH", one + "?offset=" + std::to_string(at),
                                          bytes.substr(at, piece_), headers);
            if (piece.status != 200) return piece;
        }
        return who.send("POST", one + "/finish", "", headers);
    }
    std::string code(const Answer& answer) {
        return std::string(json_of(answer).at("code").as_string());
    }

    const std::size_t piece_ = 1000;
    const std::string photo_ = image::testing::make_jpeg({.width = 400, .height = 300});
    const std::string case_ =
        "/api/v1/cases/" + std::to_string(things_of(testing::heating).case_id.value);
    const std::string all_ = case_ + "/evidence", mine_ = "/api/v1/citizen/evidence";
    Browser li_ = signed_in("li");
};

TEST_F(Evidence_, a_photo_in_pieces_is_kept_seen_and_told) {
    const Answer kept = sent(li_, all_, photo_);
    ASSERT_EQ(kept.status, 200) << kept.body;
    EXPECT_EQ(json_of(kept).at("width").as_int64(), 400);
    EXPECT_EQ(facts_of_kind("EvidenceKept"), 1U);
    const auto items = json_of(li_.get(all_)).at("items").as_array();
    ASSERT_EQ(items.size(), 1U);
    EXPECT_TRUE(items[0].at("is_mine").as_bool());
    const std::string one = all_ + "/" + std::to_string(items[0].at("id").as_int64());
    const Answer shown = signed_in("wang").get(one + "/file");
    EXPECT_EQ(shown.status, 200);
    EXPECT_EQ(shown.header("content-type"), "image/jpeg");
    EXPECT_EQ(shown.header("x-content-type-options"), "nosniff");
    EXPECT_EQ(shown.header("cache-control"), "private, no-store");
    EXPECT_EQ(shown.header("content-security-policy"), "default-src 'none'; sandbox");
    EXPECT_EQ(shown.header("content-disposition"), "");
    EXPECT_EQ(password::sha256_hex(shown.body), items[0].at("sha256").as_string());
    EXPECT_EQ(shown.body.find("SECRET"), std::string::npos) << "no Exif";
    EXPECT_EQ(facts_of_kind("CaseSeen"), 1U);
    EXPECT_NE(journal_text().find(R"("how":"evidence")"), std::string::npos);
    EXPECT_TRUE(
        li_.get(one + "/file?download=1").header("content-disposition").starts_with("attachment;"));
    EXPECT_EQ(li_.get(one + "/thumbnail").status, 200);
    EXPECT_EQ(facts_of_kind("CaseSeen"), 2U) << "a thumbnail is part of the page";
}

TEST_F(Evidence_, an_upload_that_was_cut_off_goes_on_where_it_was) {
    const Answer first = li_.send("POST", all_, offer(photo_), "Idempotency-Key: k1\r\n");
    EXPECT_EQ(json_of(first).at("received").as_int64(), 0);
    const std::string one = all_ + "/" + std::to_string(json_of(first).at("id").as_int64());
    EXPECT_EQ(li_.send("PATCH", one + "?offset=0", photo_.substr(0, 700)).status, 200);
    const Answer again = li_.send("POST", all_, offer(photo_), "Idempotency-Key: k1\r\n");
    EXPECT_EQ(json_of(again).at("received").as_int64(), 700);
    EXPECT_EQ(code(li_.send("PATCH", one + "?offset=900", "x")), "evidence_gap");
    EXPECT_EQ(code(li_.send("POST", one + "/finish", "")), "evidence_incomplete");
    EXPECT_EQ(li_.send("PATCH", one + "?offset=700", photo_.substr(700)).status, 200);
    EXPECT_EQ(li_.send("POST", one + "/finish", "").status, 200);
    EXPECT_EQ(li_.send("POST", one + "/finish", "").status, 200) << "its answer was lost";
    EXPECT_TRUE(json_of(li_.send("POST", all_, offer(photo_), "Idempotency-Key: k1\r\n"))
                    .at("is_kept")
                    .as_bool());
    EXPECT_EQ(facts_of_kind("EvidenceKept"), 1U);
    EXPECT_EQ(code(li_.send("POST", all_, offer("other"), "Idempotency-Key: k1\r\n")), "taken");
    EXPECT_FALSE(
        std::filesystem::exists(attachments_ / "incoming" / one.substr(one.rfind('/') + 1)));
}

TEST_F(Evidence_, what_cannot_be_taken_is_refused_in_words_that_help) {
    const Answer page = sent(li_, all_, "<html>no photo at all</html>");
    EXPECT_EQ(page.status, 422);
    EXPECT_EQ(code(page), "evidence_type");
    EXPECT_EQ(json_of(page).at("detail").as_string(),
              "照片需为 JPG 或 PNG，不超过 10MB；视频需为 MP4 或 MOV，不超过 100MB");
    EXPECT_EQ(code(sent(li_, all_, image::testing::png_that_claims(50'000, 50'000))),
              "evidence_pixels");
    EXPECT_EQ(code(sent(li_, all_, photo_.substr(0, 900))), "evidence_damaged");
    EXPECT_EQ(code(sent(li_, all_, "")), "evidence_empty");
    EXPECT_EQ(li_.send("POST", all_, R"({"name":"a","size":9,"sha256":"zz","purpose":"x"})").status,
              422);
    const std::string one =
        all_ + "/" +
        std::to_string(json_of(li_.send("POST", all_, offer(photo_))).at("id").as_int64());
    EXPECT_EQ(li_.send("PATCH", one + "?offset=0", std::string(520 * 1024, 'x')).status, 422);
    EXPECT_EQ(facts_of_kind("EvidenceKept"), 0U);
}

TEST_F(Evidence_, a_citizen_sends_and_sees_their_own_and_nothing_else) {
    Browser citizen = browser();
    const std::string pass = pass_to(testing::heating), other = pass_to(testing::bus);
    ASSERT_EQ(sent(li_, all_, photo_).status, 200);
    const Answer kept = sent(citizen, mine_, image::testing::make_png(30, 20), pass);
    ASSERT_EQ(kept.status, 200) << kept.body;
    const std::string id = std::to_string(json_of(kept).at("id").as_int64());
    EXPECT_EQ(json_of(citizen.get(mine_, pass)).at("items").as_array().size(), 1U);
    EXPECT_EQ(json_of(li_.get(all_)).at("items").as_array().size(), 2U);
    EXPECT_EQ(citizen.get(mine_ + "/" + id + "/file", pass).status, 200);
    EXPECT_EQ(citizen.get(mine_ + "/" + id + "/file", other).status, 404);
    EXPECT_EQ(citizen.get(mine_ + "/" + id + "/file").status, 401);
    EXPECT_EQ(citizen.get(mine_ + "/1/file", pass).status, 404) << "li's";
    EXPECT_EQ(citizen.send("POST", mine_ + "/1/finish", "", pass).status, 404);
}

TEST_F(Evidence_, a_repairer_adds_to_the_job_they_were_sent_to_and_to_no_other) {
    const CaseId id = things_of(testing::heating).case_id;
    const std::string job = "/api/v1/field/jobs/" + std::to_string(id.value) + "/evidence";
    Browser crew = signed_in("crew");
    EXPECT_EQ(crew.get(job).status, 404) << "nobody was sent";
    cases::CrewJobRow row{.case_id = id, .centre_id = testing::heating, .state = "taken"};
    const auto put = [&](UserId whose, const std::string& state) {
        row.user_id = whose;
        row.state = state;
        EXPECT_TRUE(
            write([&](sql::Transaction& tx) { return cases::CrewStore::put_job(tx, row); }));
    };
    put(user("crew"), "arrived");
    EXPECT_EQ(sent(crew, job, photo_).status, 200);
    EXPECT_EQ(json_of(li_.get(all_)).at("items").as_array().size(), 1U);
    EXPECT_EQ(crew.get(all_).status, 403) << "the desk's door is not theirs";
    put(user("li"), "taken");
    EXPECT_EQ(crew.get(job).status, 404) << "another has it now";
    put(user("crew"), "called_off");
    EXPECT_EQ(crew.get(job).status, 404);
}

TEST_F(Evidence_, nobody_looks_at_or_adds_to_what_is_not_theirs) {
    ASSERT_EQ(sent(li_, all_, photo_).status, 200);
    Browser driver = signed_in("driver"), handler = signed_in("handler");
    Browser quality = signed_in("quality"), wang = signed_in("wang");
    for (const std::string path : {"", "/1/file", "/1/thumbnail"}) {
        EXPECT_EQ(driver.get(all_ + path).status, 404) << "another centre's" << path;
        EXPECT_EQ(handler.get(all_ + path).status, 404) << "not their unit's" << path;
        EXPECT_EQ(quality.get(all_ + path).status, 200) << path;
    }
    EXPECT_EQ(driver.send("POST", all_, offer(photo_)).status, 404);
    const std::string open =
        std::to_string(json_of(li_.send("POST", all_, offer("more"))).at("id").as_int64());
    EXPECT_EQ(wang.send("PATCH", all_ + "/" + open + "?offset=0", photo_).status, 404);
    EXPECT_EQ(li_.get(all_ + "/" + open + "/file").status, 404) << "not finished";
    EXPECT_EQ(li_.get("/api/v1/cases/999/evidence/1/file").status, 404);
    const std::string film(
        "\0\0\0\x18"
        "ftypmp42 and whatever follows",
        33);
    const Answer kept = sent(li_, all_, film);
    ASSERT_EQ(kept.status, 200) << kept.body;
    const std::string one = all_ + "/" + std::to_string(json_of(kept).at("id").as_int64());
    EXPECT_TRUE(li_.get(one + "/file").header("content-disposition").starts_with("attachment;"));
    EXPECT_EQ(li_.get(one + "/file", "Range: bytes=4-7\r\n").body, "ftyp");
    EXPECT_EQ(li_.get(one + "/thumbnail").status, 404);
}

}  // namespace
}  // namespace ys::api
