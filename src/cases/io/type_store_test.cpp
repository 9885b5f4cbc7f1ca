// SPDX-License-Identifier: Apache-2.0
#include "cases/io/type_store.h"

#include "cases/io/case_type_json.h"
#include "platform/sql/testing/both_databases.h"

namespace ys::cases {
namespace {

using sql::testing::must;

const CentreId head{1}, branch{2}, other{3};
const Lineage of_head{head}, of_branch{branch, head}, of_other{other, head};

TypeText repair() {
    TypeText text;
    text.code = "repair";
    text.title = "报修";
    text.nature = "repair";
    text.workflow = "short";
    text.clock_preset = "urgent";
    text.is_automatic = true;
    text.classes = {{"heat", "", "供热", ""}, {"heat.cold", "heat", "室内不热", ""}};
    TypeField degrees;
    degrees.code = "room_c";
    degrees.title = "室内温度";
    degrees.kind = "number";
    degrees.min = -30;
    degrees.max = 50;
    degrees.unit = "℃";
    text.form = {degrees};
    return text;
}

class TypeStoreTest : public sql::testing::StoreTest {
protected:
    void SetUp() override { open({type_schema()}); }
    KnownType put(const Lineage& lineage, const TypeText& text, std::int64_t based_on) {
        return make<KnownType>([&](sql::Transaction& tx) -> Result<KnownType> {
            YS_TRY(CaseType type, type_of(text, 1));
            return TypeStore::put(tx, lineage, std::move(type), {UserId{7}, {5}, "why", based_on});
        });
    }
};
YS_ON_BOTH_DATABASES(TypeStoreTest);

TEST_P(TypeStoreTest, a_change_is_a_new_version_and_the_old_one_stays_as_it_was) {
    const KnownType first = put(of_head, repair(), 0);
    EXPECT_EQ(first.type.version, 1);
    TypeText changed = repair();
    changed.form[0].max = 40;
    EXPECT_EQ(put(of_head, changed, 1).type.version, 2);
    const auto newest = must(TypeStore::newest(db(), of_head, "repair"));
    ASSERT_TRUE(newest);
    EXPECT_EQ(newest->type.form[0].max, 40);
    EXPECT_EQ(newest->reason, "why");
    EXPECT_EQ(must(TypeStore::find(db(), of_head, "repair", 1))->type, first.type);
    const auto all = must(TypeStore::versions(db(), of_head, "repair"));
    ASSERT_EQ(all.size(), 2U);
    EXPECT_EQ(all[0].type.version, 2);
    EXPECT_EQ(put(of_head, changed, 2).type.version, 2) << "the same again is no change";
}

TEST_P(TypeStoreTest, who_changed_an_older_version_has_to_look_again) {
    put(of_head, repair(), 0);
    TypeText changed = repair();
    changed.title = "维修";
    put(of_head, changed, 1);
    const auto late = write([&](sql::Transaction& tx) -> Result<Done> {
        YS_TRY(CaseType type, type_of(repair(), 1));
        YS_TRY([[maybe_unused]] const auto kept,
               TypeStore::put(tx, of_head, type, {{}, {}, "", 1}));
        return Done{};
    });
    EXPECT_EQ(late.error().code, make_error_code(sql::errc::stale));
}

TEST_P(TypeStoreTest, a_branch_takes_the_heads_types_until_it_has_its_own) {
    TypeText praise = repair();
    praise.code = "praise";
    put(of_head, repair(), 0);
    put(of_head, praise, 0);
    TypeText own = repair();
    own.title = "本市报修";
    EXPECT_EQ(put(of_branch, own, 1).type.version, 2) << "no number means two things here";
    const auto titles = [&](const Lineage& lineage) {
        std::string out;
        for (const KnownType& each : must(TypeStore::newest(db(), lineage)))
            out += each.type.title + " ";
        return out;
    };
    EXPECT_EQ(titles(of_head), "报修 报修 ");
    EXPECT_EQ(titles(of_branch), "本市报修 报修 ");
    EXPECT_EQ(titles(of_other), "报修 报修 ");
    EXPECT_EQ(must(TypeStore::find(db(), of_branch, "repair", 1))->centre, head);
    EXPECT_FALSE(must(TypeStore::find(db(), of_other, "repair", 2)));
    EXPECT_FALSE(must(TypeStore::newest(db(), {other}, "repair")));
}

TEST_P(TypeStoreTest, answers_are_kept_with_the_version_they_answer) {
    AnswersRow row{.case_id = CaseId{9},
                   .centre_id = branch,
                   .type_centre_id = head,
                   .type = "repair",
                   .type_version = 3,
                   .class_code = "heat.cold",
                   .answers = sealed({{"room_c", "14"}, {"phone", "13900000001"}})};
    const auto keep = [&] {
        ASSERT_TRUE(write([&](sql::Transaction& tx) { return TypeStore::put_answers(tx, row); }));
    };
    keep();
    const auto there = must(TypeStore::answers(db(), Scope::of(branch), CaseId{9}));
    ASSERT_TRUE(there);
    EXPECT_EQ(there->type_version, 3);
    EXPECT_EQ(answers_of(*there).at("phone"), "13900000001");
    EXPECT_FALSE(must(TypeStore::answers(db(), Scope::of(other), CaseId{9}))) << "not theirs";
    row.answers = sealed({{"room_c", "15"}});
    keep();
    EXPECT_EQ(answers_of(*must(TypeStore::answers(db(), Scope::of(branch), CaseId{9}))),
              (Answers{{"room_c", "15"}}));
}

TEST(CaseTypeJson, a_type_survives_being_written_and_initials_are_made_from_titles) {
    const CaseType type = must(type_of(repair(), 4));
    EXPECT_EQ(type.version, 4);
    EXPECT_EQ(type.classes.find("heat.cold")->initials, "snbr");
    EXPECT_EQ(must(type_of(text_of(type), 4)), type);
    EXPECT_EQ(type.classes.search("snbr", 5).front()->code, "heat.cold");
}

TEST(CaseTypeJson, every_fault_is_named_at_its_field) {
    TypeText text = repair();
    text.title = " ";
    text.nature = "help";
    text.classes.push_back({"loop", "loop", "圈", ""});
    text.form[0].min = 60;
    TypeField part;
    part.code = "room_c";
    part.title = "部位";
    part.kind = "choice";
    text.form.push_back(part);
    part.code = "Part 2";
    part.kind = "colour";
    part.shown_when = TypeCondition{"later", {"x"}};
    text.form.push_back(part);
    EXPECT_EQ(faults(text), (std::vector<TypeFault>{{"title", "need_title"},
                                                    {"is_automatic", "by_nature"},
                                                    {"classes.2.parent", "in_a_circle"},
                                                    {"form.0.min", "min_above_max"},
                                                    {"form.1.code", "taken"},
                                                    {"form.1.choices", "need_choices"},
                                                    {"form.2.code", "code_shape"},
                                                    {"form.2.kind", "unknown_word"},
                                                    {"form.2.shown_when.field", "unknown_field"}}));
    EXPECT_FALSE(type_of(text, 1));
    EXPECT_TRUE(faults(repair()).empty());
}

}  // namespace
}  // namespace ys::cases
