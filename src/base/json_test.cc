#include "base/json.h"

#include <gtest/gtest.h>

namespace sextant::json {
namespace {

enum class Colour { red, blue };
BOOST_DESCRIBE_ENUM(Colour, red, blue)

struct Inner {
  std::int64_t count = 0;
  std::optional<std::string> note;
};
BOOST_DESCRIBE_STRUCT(Inner, (), (count, note))

struct Outer {
  std::string name;
  Colour colour = Colour::red;
  double ratio = 0;
  std::vector<Inner> items;
  std::map<std::string, bool> flags;
  Value any;
};
BOOST_DESCRIBE_STRUCT(Outer, (), (name, colour, ratio, items, flags, any))

TEST(Json, round_trips_a_described_struct) {
  const Outer outer{"a\"b",         Colour::blue, 0.25, {{1, "x"}, {2, std::nullopt}},
                    {{"on", true}}, Array{1, "y"}};
  const std::string text = dump(outer);
  EXPECT_EQ(
      text,
      R"({"name":"a\"b","colour":"blue","ratio":0.25,"items":[{"count":1,"note":"x"},{"count":2}],"flags":{"on":true},"any":[1,"y"]})");
  const auto back = parse_as<Outer>(text);
  ASSERT_TRUE(back.has_value()) << back.error().message;
  EXPECT_EQ(dump(*back), text);
}

TEST(Json, names_every_wrong_field_by_its_path) {
  const auto r = parse_as<Outer>(
      R"({"name":3,"colour":"green","ratio":1,"items":[{"count":"x"}],"flags":{},"any":null})");
  ASSERT_FALSE(r.has_value());
  EXPECT_EQ(r.error().code, ErrorCode::invalid_fields);
  const auto& fields = r.error().detail.at("fields").as_array();
  ASSERT_EQ(fields.size(), 3u);
  EXPECT_EQ(fields[0].at("path").as_string(), "name");
  EXPECT_EQ(fields[1].at("message").as_string(), "must be one of red, blue");
  EXPECT_EQ(fields[2].at("path").as_string(), "items[0].count");
}

TEST(Json, missing_members_are_errors_unless_defaults_are_asked_for) {
  EXPECT_FALSE(parse_as<Inner>("{}").has_value());
  EXPECT_TRUE(parse_as<Inner>("{}", Missing::use_default).has_value());
}

TEST(Json, writes_numbers_that_json_allows) {
  EXPECT_EQ(dump(Value(100.0)), "100");
  EXPECT_EQ(dump(Value(std::nan(""))), "null");
  EXPECT_EQ(dump(Value(0.1)), "0.1");
}

TEST(Json, refuses_deep_and_broken_documents) {
  EXPECT_FALSE(parse(std::string(100, '[')).has_value());
  EXPECT_FALSE(parse("{\"a\":1} x").has_value());
  EXPECT_FALSE(parse("").has_value());
}

}  // namespace
}  // namespace sextant::json
