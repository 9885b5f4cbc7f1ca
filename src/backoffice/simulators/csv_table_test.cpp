// SPDX-License-Identifier: Apache-2.0
#include "backoffice/simulators/csv_table.h"

#include <gtest/gtest.h>

namespace ys::backoffice {
namespace {

TEST(csv_table, columns_are_found_by_name_in_any_order) {
    const std::string text =
        "\xEF\xBB\xBFstop_name, stop_id\r\n\"文化路口, 东\",S1\r\n\r\n\"说\"\"好\"\"\",S2\r\nonly";
    auto table = CsvTable::open("stops.txt", text, {"stop_id", "stop_name"}, {"stop_code"});
    ASSERT_TRUE(table) << table.error().note;
    ASSERT_TRUE(*table->next());
    EXPECT_EQ(table->at(0), "S1");
    EXPECT_EQ(table->at(1), "文化路口, 东");
    EXPECT_EQ(table->at(2), "");
    ASSERT_TRUE(*table->next());
    EXPECT_EQ(table->at(1), "说\"好\"");
    ASSERT_TRUE(*table->next());
    EXPECT_EQ(table->at(0), "") << "a short row";
    EXPECT_FALSE(*table->next());
}

TEST(csv_table, what_is_missing_or_beyond_its_bounds_is_refused) {
    EXPECT_FALSE(CsvTable::open("a", "", {"x"}));
    EXPECT_FALSE(CsvTable::open("a", "y,z\n", {"x"}));
    const auto second_row = [](const std::string& row) {
        const std::string text = "x\n" + row;
        auto table = CsvTable::open("a.txt", text, {"x"});
        return table ? table->next() : Result<bool>{table.error()};
    };
    EXPECT_FALSE(second_row("\"never closed\n"));
    EXPECT_FALSE(second_row(std::string(1'001, 'a')));
    EXPECT_FALSE(second_row(std::string(64, ',')));
    EXPECT_FALSE(second_row(std::string("a\0b", 3)));
    const auto last = second_row(std::string(1'000, 'a'));
    EXPECT_TRUE(last && *last);
}

}  // namespace
}  // namespace ys::backoffice
