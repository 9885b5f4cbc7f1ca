// SPDX-License-Identifier: Apache-2.0
// For whom a case is, through the routes: who sees them whole, who may name them, what the list
// says.
#include <gtest/gtest.h>

#include "api/testing/hotline.h"

namespace ys::api {
namespace {

using boost::json::value;
using testing::Answer;
using testing::Browser;
using testing::json_of;

const std::string mother =
    R"({"part":"subject","name":"李奶奶","phone":"139 0000 0201","relation":"parent","consent":"spoken"})";

class CasePeople_ : public testing::Hotline {
protected:
    CasePeople_() { seed_case_units(); }
    static std::string text(const value& v, const char* key) {
        return std::string(v.at(key).as_string());
    }
    Answer filed(const std::string& people, const std::string& kind = "no_heat") {
        return li_.send("POST", "/api/v1/cases",
                        R"({"kind":")" + kind +
                            R"(","title":"母亲家里不热","address":"北桥区一号楼",)"
                            R"("contact_name":"李梅","contact_number":"13900000202","people":[)" +
                            people + "]}");
    }
    value people(Browser& who, const std::string& path) {
        return json_of(who.get(path + "/people")).at("people");
    }
    Answer name(Browser& who, const std::string& path, const std::string& people,
                const std::string& headers = "") {
        return who.send("PUT", path + "/people", R"({"people":[)" + people + "]}", headers);
    }
    value found(Browser& who, const std::string& number) {
        return json_of(who.get("/api/v1/cases?number=" + number)).at("items");
    }
    Browser li_ = signed_in("li"), boss_ = signed_in("supervisor");
};

TEST_F(CasePeople_, a_case_is_filed_for_somebody_and_found_by_their_number) {
    const Answer made = filed(mother);
    ASSERT_EQ(made.status, 201) << made.body;
    const std::string path = made.header("location");
    const value mine = people(li_, path);
    ASSERT_EQ(mine.as_array().size(), 1U);
    EXPECT_EQ(text(mine.at(0), "phone"), "13900000201") << "li took it: whole";
    EXPECT_EQ(text(mine.at(0), "consent"), "spoken");
    EXPECT_EQ(text(people(boss_, path).at(0), "phone"), "139****0201");
    EXPECT_EQ(text(people(boss_, path).at(0), "name"), "李**");
    const value by_mother = found(li_, "13900000201");
    ASSERT_EQ(by_mother.as_array().size(), 1U);
    EXPECT_EQ(text(by_mother.at(0), "found_as"), "subject");
    EXPECT_EQ(text(by_mother.at(0), "found_consent"), "spoken");
    EXPECT_EQ(text(found(li_, "13900000202").at(0), "found_as"), "");
    EXPECT_EQ(journal_text().find("13900000201"), std::string::npos);
}

TEST_F(CasePeople_, every_wrong_field_is_named_and_nothing_is_kept) {
    const Answer refused = filed(
        R"({"part":"subject","name":"","phone":"1390000020","relation":"parent","consent":"spoken"})");
    ASSERT_EQ(refused.status, 422) << refused.body;
    const value fields = json_of(refused).at("fields");
    EXPECT_EQ(text(fields, "people.subject.name"), "need_name");
    EXPECT_EQ(text(fields, "people.subject.phone"), "mobile_length");
    EXPECT_TRUE(found(li_, "13900000202").as_array().empty());
    const std::string path = filed("").header("location");
    EXPECT_EQ(name(li_, path, mother + "," + mother).status, 422);
    EXPECT_EQ(name(li_, path, mother + "," + mother + "," + mother + "," + mother).status, 422);
    EXPECT_TRUE(people(li_, path).as_array().empty());
}

TEST_F(CasePeople_, a_page_that_shows_an_older_case_is_refused) {
    const Answer made = filed("");
    const std::string path = made.header("location");
    const std::string old = "If-Match: " + made.header("etag") + "\r\n";
    const Answer first = name(li_, path, mother, old);
    ASSERT_EQ(first.status, 200) << first.body;
    EXPECT_EQ(name(boss_, path, "", old).status, 409);
    EXPECT_EQ(name(boss_, path, "", "If-Match: " + first.header("etag") + "\r\n").status, 200);
    EXPECT_TRUE(found(li_, "13900000201").as_array().empty()) << "she is in it no more";
}

TEST_F(CasePeople_, what_was_shown_masked_and_sent_back_changes_nobody) {
    const std::string path = filed(mother).header("location");
    const value shown = people(boss_, path).at(0);
    boost::json::object same = shown.as_object();
    same.erase("consent_at");
    same.erase("has_withdrawn");
    ASSERT_EQ(name(boss_, path, boost::json::serialize(same)).status, 200);
    EXPECT_EQ(text(people(li_, path).at(0), "phone"), "13900000201");
    same["consent"] = "none";
    ASSERT_EQ(name(boss_, path, boost::json::serialize(same)).status, 200);
    EXPECT_TRUE(people(li_, path).at(0).at("has_withdrawn").as_bool());
    EXPECT_TRUE(found(li_, "13900000201").as_array().empty());
    same["consent"] = "page";
    ASSERT_EQ(name(boss_, path, boost::json::serialize(same)).status, 200);
    EXPECT_EQ(text(people(li_, path).at(0), "consent"), "none") << "no citizen ticked that";
}

TEST_F(CasePeople_, one_of_them_is_shown_whole_for_a_reason_that_is_kept) {
    const Answer made = filed(mother);
    const std::string about =
        "/api/v1/private/case/" + std::to_string(json_of(made).at("id").as_int64());
    const Answer shown = boss_.send("POST", about, R"({"field":"subject_phone","reason":"回电"})");
    ASSERT_EQ(shown.status, 200) << shown.body;
    EXPECT_EQ(text(json_of(shown), "value"), "13900000201");
    EXPECT_NE(journal_text().find("subject_phone"), std::string::npos);
    EXPECT_EQ(boss_.send("POST", about, R"({"field":"contact_phone","reason":"回电"})").status,
              404);
    EXPECT_EQ(boss_.send("POST", about, R"({"field":"subject_id","reason":"回电"})").status, 422);
}

TEST_F(CasePeople_, people_of_what_was_told_in_confidence_are_hidden_as_it_is) {
    const std::string path = filed(mother, "report").header("location");
    EXPECT_EQ(li_.get(path + "/people").status, 200);
    EXPECT_EQ(boss_.get(path + "/people").status, 404);
    EXPECT_EQ(name(boss_, path, "").status, 404);
    EXPECT_TRUE(found(boss_, "13900000201").as_array().empty());
}

TEST_F(CasePeople_, the_citizen_says_for_whom_and_takes_it_back) {
    const std::string path = filed("").header("location");
    const value code = json_of(li_.send("POST", path + "/code", "{}"));
    const value given = json_of(browser().send(
        "POST", "/api/v1/citizen/passes",
        R"({"number":")" + text(code, "number") + R"(","code":")" + text(code, "code") + R"("})"));
    const std::string pass = "x-case-pass: " + text(given, "pass") + "\r\n";
    const auto put = [&](const std::string& body) {
        return browser().send("PUT", "/api/v1/citizen/people", R"({"people":[)" + body + "]}",
                              pass);
    };
    std::string ticked = mother;
    ticked.replace(ticked.find("spoken"), 6, "page");
    ASSERT_EQ(put(ticked).status, 200);
    const value seen = json_of(browser().get("/api/v1/citizen/case", pass)).at("people");
    EXPECT_EQ(text(seen.at(0), "name"), "李**");
    EXPECT_EQ(text(seen.at(0), "phone"), "139****0201");
    EXPECT_EQ(text(found(li_, "13900000201").at(0), "found_consent"), "page");
    std::string back = ticked;
    back.replace(back.find("page"), 4, "none");
    ASSERT_EQ(put(back).status, 200);
    EXPECT_TRUE(found(li_, "13900000201").as_array().empty());
    const Answer none = browser().send("PUT", "/api/v1/citizen/people", R"({"people":[]})");
    EXPECT_EQ(none.status, 401);
}

TEST_F(CasePeople_, follow_up_rings_the_contact_who_agreed) {
    const Answer closed = li_.send(
        "POST", "/api/v1/cases",
        R"({"kind":"question","title":"几号供热","contact_number":"13900000202","status":"closed",)"
        R"("people":[)" +
            mother +
            R"(,{"part":"contact","name":"王大爷","phone":"13900000203","relation":"neighbour","consent":"spoken"}]})");
    ASSERT_EQ(closed.status, 201) << closed.body;
    const value listed = json_of(boss_.get("/api/v1/follow-ups")).at("items").at(0);
    EXPECT_EQ(text(listed, "phone"), "139****0203");
    EXPECT_EQ(text(listed, "subject"), "李**");
    const std::string at = "/api/v1/follow-ups/" + std::to_string(listed.at("id").as_int64());
    EXPECT_EQ(text(json_of(boss_.send("POST", at + "/take", "{}")), "phone"), "13900000203");
    EXPECT_EQ(text(json_of(li_.get(closed.header("location"))), "contact_number"), "13900000202")
        << "the case keeps its own";
}

}  // namespace
}  // namespace ys::api
