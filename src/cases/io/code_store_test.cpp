// SPDX-License-Identifier: Apache-2.0
#include "cases/io/code_store.h"

#include "cases/io/case_store.h"
#include "platform/journal/journal.h"
#include "platform/sql/testing/both_databases.h"

namespace ys::cases {
namespace {

using sql::testing::must;

class CodeStoreTest : public sql::testing::StoreTest {
protected:
    void SetUp() override { open({journal::schema(), schema(), code_schema()}); }
    CaseRow saved(CentreId centre) {
        return make<CaseRow>([&](sql::Transaction& tx) {
            return CaseStore::create(tx, centre, {.kind = "question", .title = "月票"},
                                     {.user = UserId{1}, .now = noon});
        });
    }
    std::string code_of(const CaseRow& row) {
        return make<std::string>([&](sql::Transaction& tx) {
            return CodeStore::code(tx, Scope::of(row.centre_id), row.id);
        });
    }
    std::optional<CasePass> enter(const CodeEntry& entry, UtcTime now) {
        return make<std::optional<CasePass>>([&](sql::Transaction& tx) {
            return CodeStore::enter(tx, entry, UtcTime{now.us + 1}, now);
        });
    }
    Seconds wait(const CodeEntry& entry, UtcTime now) {
        return must(CodeStore::must_wait(db(), entry, now));
    }
    UtcTime after(Seconds s) const { return {noon.us + s.count() * 1'000'000}; }
    const UtcTime noon = must(parse_rfc3339("2026-11-24T04:00:00Z"));
};
YS_ON_BOTH_DATABASES(CodeStoreTest);

std::string wrong(std::string code) {
    code[0] = code[0] == '9' ? '0' : '9';
    return code;
}

TEST_P(CodeStoreTest, number_and_code_open_the_case_however_the_number_is_typed) {
    const CaseRow row = saved(CentreId{1});
    const std::string code = code_of(row);
    EXPECT_EQ(code.size(), 6U);
    EXPECT_EQ(code.find_first_not_of("0123456789"), std::string::npos);
    EXPECT_EQ(code_of(row), code) << "it is made once";
    for (const std::string& number :
         {std::string("1124-0001"), std::string("11240001"), std::string("1124 0001")}) {
        const auto pass = enter({number, code, "a"}, noon);
        ASSERT_TRUE(pass) << number;
        EXPECT_EQ(pass->case_id, row.id);
        EXPECT_EQ(pass->centre_id, CentreId{1});
    }
    EXPECT_FALSE(enter({"1124-0001", wrong(code), "a"}, noon));
    EXPECT_FALSE(enter({"", "", ""}, noon));
}

TEST_P(CodeStoreTest, the_code_tells_cases_of_one_number_apart) {
    const CaseRow one = saved(CentreId{1}), two = saved(CentreId{2});
    ASSERT_EQ(one.number, two.number);
    EXPECT_EQ(enter({one.number, code_of(one), "a"}, noon)->case_id, one.id);
    EXPECT_EQ(enter({two.number, code_of(two), "a"}, noon)->case_id, two.id);
    const auto foreign = write([&](sql::Transaction& tx) -> Result<Done> {
        YS_TRY([[maybe_unused]] const auto c, CodeStore::code(tx, Scope::of(CentreId{2}), one.id));
        return Done{};
    });
    ASSERT_FALSE(foreign);
    EXPECT_EQ(foreign.error().code, make_error_code(sql::errc::not_found));
}

TEST_P(CodeStoreTest, wrong_codes_are_slowed_then_locked_and_a_missing_number_alike) {
    const CaseRow row = saved(CentreId{1});
    const std::string code = code_of(row);
    for (const std::string& number : {row.number, std::string("1124-9999")}) {
        UtcTime now = noon;
        for (int i = 1; i <= CodeStore::tries_max; ++i) {
            const CodeEntry entry{number, wrong(code), "source " + std::to_string(i)};
            EXPECT_FALSE(enter(entry, now));
            const Seconds waits = wait(entry, now);
            const bool is_free = i <= CodeStore::free_tries, is_last = i == CodeStore::tries_max;
            const Seconds doubled{1LL << std::max(0, i - CodeStore::free_tries)};
            EXPECT_EQ(waits, is_free ? 0s : is_last ? CodeStore::locked_for : doubled) << i;
            now.us += waits.count() * 1'000'000;
        }
    }
    // Locked: the right code opens nothing before its time, and then it does.
    const CodeEntry right{row.number, code, "b"};
    const Seconds waits = wait(right, after(200s));
    EXPECT_GT(waits, 3000s);
    EXPECT_FALSE(enter(right, after(200s)));
    EXPECT_TRUE(enter(right, after(200s + waits)));
    EXPECT_EQ(wait(right, after(200s + waits)), 0s) << "a right code clears its number";
}

TEST_P(CodeStoreTest, a_source_that_guesses_at_many_numbers_is_locked) {
    const CaseRow row = saved(CentreId{1});
    UtcTime now = noon;
    for (int i = 1; i <= CodeStore::source_tries_max; ++i) {
        const CodeEntry entry{"1124-" + std::to_string(1000 + i), "000000", "one source"};
        EXPECT_FALSE(enter(entry, now));
        now.us += wait(entry, now).count() * 1'000'000;
    }
    EXPECT_TRUE(enter({row.number, code_of(row), "another"}, now));
    EXPECT_EQ(wait({"1124-5555", "", "one source"}, UtcTime{now.us - 1'000'000}), 1s);
    EXPECT_EQ(wait({"1124-5555", "", "another"}, now), 0s);
}

}  // namespace
}  // namespace ys::cases
