// SPDX-License-Identifier: Apache-2.0
#include "platform/json/described_json.h"

#include <gtest/gtest.h>

#include "platform/json/schema.h"

namespace ys::json {
namespace {

enum class Colour { Red, Green };
BOOST_DESCRIBE_ENUM(Colour, Red, Green)

struct Part {
    std::string name;
    std::uint32_t count = 7;
};
BOOST_DESCRIBE_STRUCT(Part, (), (name, count))

struct Whole {
    QueueId queue;
    UtcTime at;
    Colour colour = Colour::Green;
    std::optional<double> weight;
    std::vector<Part> parts;
    std::map<std::string, std::int64_t> tally;
    bool is_on = false;
};
BOOST_DESCRIBE_STRUCT(Whole, (), (queue, at, colour, weight, parts, tally, is_on))

struct Login {
    std::string login;
    Secret<std::string> password;
};
BOOST_DESCRIBE_STRUCT(Login, (), (login, password))

constexpr std::string_view whole_text =
    R"({"queue":9,"at":"2026-11-21T08:00:00.123456Z","colour":"Red","weight":1.5E0,)"
    R"("parts":[{"name":"壹\"","count":1}],"tally":{"a":-2},"is_on":true})";

TEST(described_json, writes_every_kind_of_field_under_its_own_name) {
    Whole w;
    w.queue = QueueId{9};
    w.at = *parse_rfc3339("2026-11-21T08:00:00.123456Z");
    w.colour = Colour::Red;
    w.weight = 1.5;
    w.parts = {{"壹\"", 1}};
    w.tally = {{"a", -2}};
    w.is_on = true;
    EXPECT_EQ(to_json(w), whole_text);
}

TEST(described_json, what_is_written_reads_back_the_same) {
    const auto w = from_json<Whole>(whole_text);
    ASSERT_TRUE(w) << w.error().note;
    EXPECT_EQ(to_json(*w), whole_text);
}

TEST(described_json, absent_fields_keep_their_defaults_and_unknown_ones_are_ignored) {
    const auto p = from_json<Part>(R"({"name":"x","other":[1]})");
    ASSERT_TRUE(p);
    EXPECT_EQ(p->count, 7u);
}

TEST(described_json, a_refusal_names_the_place) {
    const auto w = from_json<Whole>(R"({"parts":[{"count":1},{"count":-1}]})");
    ASSERT_FALSE(w);
    EXPECT_NE(w.error().note.find("at parts.1.count"), std::string::npos) << w.error().note;
}

TEST(described_json, hostile_text_is_refused) {
    for (const std::string_view bad :
         {"", "{", "nul", "[1]", R"({"count":4294967296})", R"({"count":1.5})", R"({"count":"1"})",
          R"({"name":null})", R"({"name":"x"} y)", "{\"name\":\"\xff\"}"})
        EXPECT_FALSE(from_json<Part>(bad)) << bad;
    EXPECT_FALSE(parse(std::string(100, '[') + std::string(100, ']')));
    EXPECT_FALSE(from_json<Whole>(R"({"colour":"Blue"})"));
    EXPECT_FALSE(from_json<Whole>(R"({"at":"yesterday"})"));
}

TEST(described_json, a_secret_is_read) {
    const auto l = from_json<Login>(R"({"login":"a","password":"b"})");
    ASSERT_TRUE(l);
    EXPECT_EQ(l->password.reveal(), "b");
}

TEST(described_json, a_number_that_json_cannot_say_is_null) {
    EXPECT_EQ(to_json(std::optional<double>(std::nan(""))), "null");
}

TEST(schema, names_each_described_type_once) {
    SchemaBook book;
    EXPECT_EQ(boost::json::serialize(book.of<std::vector<Whole>>()),
              R"({"type":"array","items":{"$ref":"#/components/schemas/Whole"}})");
    EXPECT_EQ(book.schemas().size(), 3u);
    EXPECT_EQ(boost::json::serialize(book.schemas().at("Colour")),
              R"({"type":"string","enum":["Red","Green"]})");
    EXPECT_EQ(boost::json::serialize(book.schemas().at("Part")),
              R"({"type":"object","properties":{"name":{"type":"string"},)"
              R"("count":{"type":"integer","minimum":0}},"required":["name","count"]})");
}

TEST(schema, stands_alone_with_its_parts) {
    EXPECT_EQ(boost::json::serialize(schema_of<Part>().at("$ref")), R"("#/$defs/Part")");
}

TEST(type_name, is_the_word_in_the_source) {
    EXPECT_EQ(type_name<Whole>(), "Whole");
    EXPECT_EQ(type_name<ys::UtcTime>(), "UtcTime");
}

}  // namespace
}  // namespace ys::json
