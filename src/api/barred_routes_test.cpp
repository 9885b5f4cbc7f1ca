// SPDX-License-Identifier: Apache-2.0
// Barring an abusive caller takes two people, a reason and an end.
#include <gtest/gtest.h>

#include "api/testing/hotline.h"

namespace ys::api {
namespace {

using testing::Answer;
using testing::Browser;
using testing::json_of;

constexpr const char* where = "/api/v1/barred_callers";

class Barred : public testing::Hotline {
protected:
    std::string ask(Browser& who, const char* number = "138 0013 8000") {
        const Answer asked =
            who.send("POST", where,
                     std::string(R"({"number":")") + number + R"(","reason":"辱骂","days":7})");
        EXPECT_EQ(asked.status, 201) << asked.body;
        return std::to_string(json_of(asked).at("id").to_number<std::uint64_t>());
    }
    std::string state() {
        return std::string(json_of(chief_.get(where)).at("items").at(0).at("state").as_string());
    }
    Browser li_ = signed_in("li"), chief_ = signed_in("chief");
};

TEST_F(Barred, an_agent_asks_and_a_supervisor_confirms_and_lifts) {
    const std::string one = std::string(where) + "/" + ask(li_);
    EXPECT_EQ(state(), "asked");
    EXPECT_EQ(li_.send("POST", one + "/confirm", "{}").status, 403) << "agents only ask";
    EXPECT_EQ(li_.get(where).status, 403);
    EXPECT_EQ(chief_.send("POST", one + "/confirm", "{}").status, 204);
    EXPECT_EQ(state(), "in_force");
    EXPECT_EQ(chief_.send("POST", one + "/lift", "{}").status, 204);
    EXPECT_EQ(state(), "lifted");
    EXPECT_EQ(chief_.send("POST", one + "/lift", "{}").status, 409);
}

TEST_F(Barred, nobody_confirms_what_they_asked_for_themselves) {
    const std::string one = std::string(where) + "/" + ask(chief_);
    const Answer alone = chief_.send("POST", one + "/confirm", "{}");
    EXPECT_EQ(alone.status, 409);
    EXPECT_NE(alone.body.find("another_person"), std::string::npos) << alone.body;
    EXPECT_EQ(state(), "asked");
}

TEST_F(Barred, a_form_that_lacks_something_says_what) {
    const auto status = [&](const char* body) { return li_.send("POST", where, body).status; };
    EXPECT_EQ(status(R"({"number":"13800138000","reason":" ","days":7})"), 422);
    EXPECT_EQ(status(R"({"number":"110","reason":"辱骂","days":7})"), 422) << "no service number";
    EXPECT_EQ(status(R"({"number":"abc","reason":"辱骂","days":7})"), 422);
    EXPECT_EQ(status(R"({"number":"13800138000","reason":"辱骂","days":3650})"), 422)
        << "nobody is barred for ever";
    ask(li_);
    EXPECT_EQ(status(R"({"number":"+8613800138000","reason":"辱骂","days":7})"), 409)
        << "the same number, written otherwise";
}

TEST_F(Barred, every_step_is_in_the_journal) {
    ask(li_);
    EXPECT_NE(journal_text().find("CallerBarred"), std::string::npos);
}

}  // namespace
}  // namespace ys::api
