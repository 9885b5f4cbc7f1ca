// SPDX-License-Identifier: Apache-2.0
// Types and forms of cases: what a page is told, what is refused and how, what an old case keeps.
#include <algorithm>
#include <set>

#include <gtest/gtest.h>

#include "api/testing/hotline.h"
#include "cases/io/case_file_store.h"
#include "cases/io/case_type_json.h"
#include "cases/io/type_store.h"
#include "platform/json/described_json.h"

namespace ys::api {
namespace {

using boost::json::value;
using cases::TypeField;
using cases::TypeText;
using testing::Answer;
using testing::Browser;
using testing::json_of;

TypeText complaint() {
    TypeText text;
    text.code = "complaint";
    text.title = "投诉";
    text.nature = "complaint";
    text.workflow = "standard";
    text.clock_preset = "ordinary";
    text.classes = {{"fee", "", "收费", ""}, {"fee.wrong", "fee", "多收费", ""}};
    TypeField room, phone, about;
    room.code = "room_c";
    room.title = "室内温度";
    room.kind = "number";
    room.min = -30;
    room.unit = "℃";
    about.code = "about";
    about.title = "投诉谁";
    about.is_required = true;
    about.chars_max = 5;
    phone.code = "other_phone";
    phone.title = "另一个电话";
    phone.kind = "phone";
    text.form = {room, about, phone};
    return text;
}

class CaseTypes_ : public testing::Hotline {
protected:
    CaseTypes_() : li_(signed_in("li")), admin_(signed_in("admin")) {
        EXPECT_TRUE(write([](sql::Transaction& tx) -> Result<Done> {
            YS_TRY(cases::CaseType type, cases::type_of(complaint(), 1));
            YS_TRY([[maybe_unused]] const auto known,
                   cases::TypeStore::put(tx, {testing::head}, std::move(type), {}));
            return Done{};
        }));
    }
    static std::string text(const value& v, const char* key) {
        return std::string(v.at(key).as_string());
    }
    Answer file(const std::string& form, const std::string& headers = "") {
        return li_.send("POST", "/api/v1/cases",
                        R"({"kind":"complaint","title":"多收了钱","contact_name":"张三丰",)"
                        R"("contact_number":"13900000002",)" +
                            form + "}",
                        headers);
    }
    Answer put(Browser& who, const TypeText& type, int based_on, const std::string& reason = "改") {
        return who.send("PUT", "/api/v1/case-types/complaint",
                        R"({"type":)" + json::to_json(type) + R"(,"based_on":)" +
                            std::to_string(based_on) + R"(,"reason":")" + reason + "\"}");
    }
    std::string saved(const std::string& form) {
        const Answer made = file(form);
        EXPECT_EQ(made.status, 201) << made.body;
        return "/api/v1/cases/" + std::to_string(json_of(made).at("id").as_int64());
    }
    const std::string good_ =
        R"("type_version":1,"class_code":"fee.wrong",)"
        R"("answers":{"about":"某公司","room_c":"14","other_phone":"13900000077"})";
    Browser li_, admin_;
};

TEST_F(CaseTypes_, every_centre_below_has_the_heads_types_and_finds_classes_by_initials) {
    const value page = json_of(li_.get("/api/v1/case-types"));
    ASSERT_EQ(page.at("items").as_array().size(), 1U);
    const value& only = page.at("items").at(0);
    EXPECT_EQ(only.at("version").as_int64(), 1);
    EXPECT_FALSE(only.at("is_own").as_bool());
    EXPECT_EQ(text(only.at("type").at("classes").at(1), "initials"), "dsf");
    const auto found = [&](const std::string& query) {
        return json_of(li_.get("/api/v1/case-classes?type=complaint&q=" + query))
            .at("items")
            .as_array();
    };
    ASSERT_EQ(found("dsf").size(), 1U);
    EXPECT_EQ(text(found("dsf")[0], "path"), "收费 / 多收费");
    EXPECT_EQ(found("%E6%94%B6").size(), 2U) << "a piece of a title";
    EXPECT_TRUE(found("zzz").empty());
    EXPECT_TRUE(found("").empty());
}

TEST_F(CaseTypes_, a_refusal_names_each_field_and_its_limit_in_the_users_language) {
    const std::string wrong =
        R"("type_version":1,"class_code":"fee","answers":)"
        R"({"room_c":"-40","about":"这个名字太长了","other_phone":"12ab","colour":"red"})";
    const Answer refused = file(wrong, "Accept-Language: zh-CN\r\n");
    ASSERT_EQ(refused.status, 422) << refused.body;
    const value body = json_of(refused);
    EXPECT_EQ(text(body.at("fields"), "answers.room_c"), "too_small");
    EXPECT_EQ(text(body.at("fields"), "class_code"), "class_too_wide");
    const value& texts = body.at("texts");
    EXPECT_EQ(text(texts, "answers.room_c"), "室内温度不能低于 −30 ℃");
    EXPECT_EQ(text(texts, "answers.about"), "投诉谁不能超过 5 个字，现在 7 个");
    EXPECT_EQ(text(texts, "answers.other_phone"), "另一个电话不是有效的电话号码");
    EXPECT_EQ(text(texts, "answers.colour"), "这张表里没有“colour”这一项");
    const value english = json_of(file(wrong, "Accept-Language: en\r\n"));
    EXPECT_EQ(text(english.at("texts"), "answers.room_c"), "室内温度 is at least −30 ℃.");
    const value none = json_of(file(R"("type_version":1)"));
    EXPECT_EQ(text(none.at("fields"), "class_code"), "need_class");
    EXPECT_EQ(text(none.at("fields"), "answers.about"), "need_answer");
}

TEST_F(CaseTypes_, the_faults_of_the_case_and_of_its_form_are_told_at_once) {
    const value body =
        json_of(li_.send("POST", "/api/v1/cases",
                         R"({"kind":"complaint","type_version":1,"class_code":"fee.wrong"})"));
    EXPECT_EQ(text(body.at("fields"), "contact_number"), "need_number");
    EXPECT_EQ(text(body.at("fields"), "answers.about"), "need_answer");
}

TEST_F(CaseTypes_, who_has_no_form_to_fill_in_files_without_and_wrong_answers_are_still_refused) {
    EXPECT_EQ(file(R"("detail":"没有表")").status, 201) << "a voicemail, another organisation";
    EXPECT_EQ(file(R"("answers":{"room_c":"warm"})").status, 422);
}

TEST_F(CaseTypes_, an_old_case_is_shown_by_its_own_version) {
    const std::string old_case = saved(good_);
    TypeText changed = complaint();
    changed.form.erase(changed.form.begin());
    changed.form[0].title = "投诉对象";
    changed.classes[1].title = "收费有误";
    changed.classes[1].initials.clear();
    const Answer done = put(admin_, changed, 1);
    ASSERT_EQ(done.status, 200) << done.body;
    EXPECT_EQ(json_of(done).at("version").as_int64(), 2);
    const value before = json_of(li_.get(old_case + "/form"));
    EXPECT_EQ(before.at("version").as_int64(), 1);
    EXPECT_EQ(text(before, "class_path"), "收费 / 多收费");
    EXPECT_EQ(before.at("form").as_array().size(), 3U);
    EXPECT_EQ(text(before.at("answers"), "room_c"), "14");
    // A page that was open while the type was changed saves what was typed, by its own version.
    const value late = json_of(li_.get(saved(good_) + "/form"));
    EXPECT_EQ(late.at("version").as_int64(), 1);
    const value now = json_of(
        li_.get(saved(R"("type_version":2,"class_code":"fee.wrong","answers":{"about":"某公司"})") +
                "/form"));
    EXPECT_EQ(now.at("version").as_int64(), 2);
    EXPECT_EQ(text(now, "class_path"), "收费 / 收费有误");
    const value versions = json_of(admin_.get("/api/v1/case-types/complaint/versions"));
    ASSERT_EQ(versions.at("items").as_array().size(), 2U);
    EXPECT_EQ(text(versions.at("items").at(0), "reason"), "改");
    EXPECT_FALSE(text(versions.at("items").at(0), "changed_by_name").empty());
    EXPECT_EQ(facts_of_kind("SupervisorActed"), 1U);
    EXPECT_NE(admin_.get("/api/v1/audit").body.find("change_type"), std::string::npos);
}

TEST_F(CaseTypes_, a_change_is_checked_field_by_field_and_never_overwrites_another) {
    TypeText wrong = complaint();
    wrong.form[0].max = -50;
    wrong.form[1].title = "";
    wrong.workflow = "endless";
    wrong.nature = "praise";
    const value body = json_of(put(admin_, wrong, 1, " "));
    EXPECT_EQ(text(body.at("fields"), "form.0.min"), "min_above_max");
    EXPECT_EQ(text(body.at("fields"), "form.1.title"), "need_title");
    EXPECT_EQ(text(body.at("fields"), "workflow"), "unknown_workflow");
    EXPECT_EQ(text(body.at("fields"), "nature"), "by_kind");
    EXPECT_EQ(text(body.at("fields"), "reason"), "reason_needed");
    TypeText changed = complaint();
    changed.title = "不满";
    EXPECT_EQ(put(li_, changed, 1).status, 403);
    EXPECT_EQ(put(admin_, changed, 1).status, 200);
    EXPECT_EQ(put(admin_, complaint(), 1).status, 409) << "somebody was quicker";
    EXPECT_EQ(put(admin_, changed, 2).status, 200) << "the same again";
    EXPECT_EQ(facts_of_kind("SupervisorActed"), 1U) << "is no change";
}

TEST_F(CaseTypes_, a_wholly_new_type_brings_its_own_rules_and_an_old_case_keeps_them) {
    seed_case_units();
    const value rules = json_of(admin_.get("/api/v1/case-rules"));
    std::set<std::string> workflows, clocks;
    for (const value& each : rules.at("workflows").as_array()) workflows.insert(text(each, "name"));
    for (const value& each : rules.at("clock_presets").as_array())
        clocks.insert(text(each, "name"));
    EXPECT_TRUE(workflows.contains("short") && clocks.contains("difficult"));

    TypeText noise = complaint();
    noise.code = "noise";
    noise.title = "噪声";
    noise.workflow = "short";
    noise.clock_preset = "difficult";
    noise.urgency = "urgent";
    noise.classes.clear();
    noise.form.clear();
    const auto put_noise = [&](int based_on) {
        return admin_.send("PUT", "/api/v1/case-types/noise",
                           R"({"type":)" + json::to_json(noise) + R"(,"based_on":)" +
                               std::to_string(based_on) + R"(,"reason":"新类型"})");
    };
    ASSERT_EQ(put_noise(0).status, 200);
    EXPECT_EQ(put_noise(0).status, 409) << "somebody was quicker";
    const auto filed = [&] {
        const Answer made =
            li_.send("POST", "/api/v1/cases",
                     R"({"kind":"noise","title":"吵","contact_number":"13900000002"})");
        EXPECT_EQ(made.status, 201) << made.body;
        return json_of(made);
    };
    EXPECT_EQ(li_.send("POST", "/api/v1/cases", R"({"kind":"noise","title":"吵"})").status, 422)
        << "a complaint is not anonymous, whatever it is called";
    const value first = filed();
    EXPECT_EQ(text(first, "kind_title"), "噪声");
    EXPECT_EQ(text(first, "nature"), "complaint");
    EXPECT_EQ(text(first, "urgency"), "urgent");
    const auto basis_of = [&](const value& made) {
        const CaseId id{made.at("id").to_number<std::uint64_t>()};
        cases::CaseBasis out;
        EXPECT_TRUE(write([&](sql::Transaction& tx) -> Result<Done> {
            YS_TRY(const auto stored,
                   cases::CaseFileStore::get(tx.db(), Scope::of(testing::heating), id));
            if (stored) out = stored->file.basis;
            return Done{};
        }));
        return out;
    };
    const cases::CaseBasis before{"complaint", "short", 1, "difficult", false};
    EXPECT_EQ(basis_of(first), before);
    EXPECT_NE(journal_text().find(R"("nature":"complaint")"), std::string::npos);

    noise.workflow = "standard";
    noise.clock_preset = "ordinary";
    ASSERT_EQ(put_noise(1).status, 200);
    EXPECT_EQ(basis_of(first), before);
    EXPECT_EQ(basis_of(filed()), (cases::CaseBasis{"complaint", "standard", 1, "ordinary", false}));
    noise.nature = "praise";
    EXPECT_EQ(text(json_of(put_noise(2)).at("fields"), "nature"), "by_kind");
    EXPECT_EQ(li_.get("/api/v1/case-rules").status, 403);
}

TEST_F(CaseTypes_, numbers_among_the_answers_are_masked_and_lie_sealed) {
    const std::string path = saved(good_);
    EXPECT_EQ(text(json_of(li_.get(path + "/form")).at("answers"), "other_phone"), "13900000077");
    Browser supervisor = signed_in("supervisor");
    const value seen = json_of(supervisor.get(path + "/form"));
    EXPECT_EQ(text(seen.at("answers"), "other_phone"), "139****0077");
    EXPECT_EQ(text(seen.at("answers"), "room_c"), "14");
    EXPECT_EQ(journal_text().find("13900000077"), std::string::npos);
    EXPECT_EQ(signed_in("driver").get(path + "/form").status, 404);
}

TEST_F(CaseTypes_, staff_correct_an_open_case_with_a_reason_and_the_history_says_so) {
    seed_case_units();
    const std::string path = saved(good_);
    const value before = json_of(li_.get(path + "/form"));
    ASSERT_TRUE(before.at("may_change").as_bool());
    const auto correct = [&](Browser& who, const std::string& answers, const std::string& more,
                             std::int64_t version) {
        return who.send("PUT", path + "/form",
                        R"({"answers":)" + answers + R"(,"class_code":"fee.wrong","version":)" +
                            std::to_string(version) + more + "}");
    };
    const std::int64_t version = before.at("case_version").as_int64();
    const std::string why = R"(,"reason":"听错了")";
    const std::string good = R"({"about":"某站","room_c":"13","other_phone":"13900000077"})";
    EXPECT_EQ(correct(li_, good, "", version).status, 422) << "no reason";
    const Answer wrong = correct(li_, R"({"about":"","room_c":"-99"})", why, version);
    EXPECT_EQ(wrong.status, 422);
    EXPECT_EQ(text(json_of(wrong).at("fields"), "answers.about"), "need_answer");
    EXPECT_EQ(text(json_of(wrong).at("fields"), "answers.room_c"), "too_small");
    const Answer done = correct(li_, good, why, version);
    ASSERT_EQ(done.status, 200) << done.body;
    EXPECT_EQ(text(json_of(done).at("answers"), "about"), "某站");
    EXPECT_EQ(json_of(done).at("case_version").as_int64(), version + 1);
    EXPECT_EQ(correct(li_, good, why, version).status, 409) << "somebody was quicker";

    Browser supervisor = signed_in("supervisor");
    const value masked = json_of(supervisor.get(path + "/form"));
    EXPECT_EQ(text(masked.at("answers"), "other_phone"), "139****0077");
    ASSERT_EQ(correct(supervisor, R"({"about":"甲站","other_phone":"139****0077"})", why,
                      masked.at("case_version").as_int64())
                  .status,
              200);
    const value after = json_of(li_.get(path + "/form"));
    EXPECT_EQ(text(after.at("answers"), "other_phone"), "13900000077") << "what was masked stays";
    const value progress = json_of(li_.get(path + "/progress"));
    const auto& history = progress.at("history").as_array();
    const auto corrected = [](const value& e) { return e.at("verb") == "correct_answers"; };
    EXPECT_EQ(std::ranges::count_if(history, corrected), 2);
    EXPECT_EQ(journal_text().find("13900000077"), std::string::npos);
}

TEST_F(CaseTypes_, the_citizen_sees_the_same_form_and_completes_it) {
    const std::string path = saved(good_);
    const value code = json_of(li_.send("POST", path + "/code", "{}"));
    const value given = json_of(browser().send(
        "POST", "/api/v1/citizen/passes",
        R"({"number":")" + text(code, "number") + R"(","code":")" + text(code, "code") + "\"}"));
    const std::string pass = "x-case-pass: " + text(given, "pass") + "\r\n";
    const value form = json_of(browser().get("/api/v1/citizen/form", pass));
    EXPECT_EQ(form.at("form"), json_of(li_.get(path + "/form")).at("form"));
    EXPECT_TRUE(form.at("may_change").as_bool());
    EXPECT_EQ(text(form.at("answers"), "other_phone"), "139****0077");
    const auto complete = [&](const std::string& answers) {
        return browser().send("PUT", "/api/v1/citizen/answers", R"({"answers":)" + answers + "}",
                              pass);
    };
    const Answer refused = complete(R"({"about":"","room_c":"13"})");
    EXPECT_EQ(refused.status, 422);
    EXPECT_EQ(text(json_of(refused).at("fields"), "answers.about"), "need_answer");
    EXPECT_EQ(complete(R"({"about":"某站","room_c":"13","other_phone":"139****0077"})").status,
              200);
    const value after = json_of(li_.get(path + "/form")).at("answers");
    EXPECT_EQ(text(after, "room_c"), "13");
    EXPECT_EQ(text(after, "other_phone"), "13900000077") << "what came back masked stays";
    EXPECT_EQ(json_of(li_.get(path)).at("version").as_int64(), 2);
    EXPECT_EQ(browser().get("/api/v1/citizen/form").status, 401);
}

TEST_F(CaseTypes_, a_case_of_before_has_no_form) {
    const std::string path =
        "/api/v1/cases/" + std::to_string(things_of(testing::heating).case_id.value);
    EXPECT_EQ(li_.get(path + "/form").status, 204);
}

}  // namespace
}  // namespace ys::api
