#include "base/settings.h"

#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>

namespace sextant {
namespace {

// Each test has a file of its own: tests run beside each other.
std::filesystem::path write_env(const std::string& text) {
  const std::string test = testing::UnitTest::GetInstance()->current_test_info()->name();
  const auto path = std::filesystem::path(testing::TempDir()) / ("settings_" + test + ".env");
  std::ofstream(path) << text;
  return path;
}

TEST(Settings, flag_beats_environment_beats_file_beats_default) {
  const auto file = write_env("PORT=1001\nHOST=\"10.0.0.1\"\n# a comment\nREACT_APP_DEBUG=true\n");
  ::setenv("PORT", "1002", 1);
  EXPECT_EQ(load_settings({{"PORT", "1003"}}, file)->port, 1003);
  EXPECT_EQ(load_settings({}, file)->port, 1002);
  ::unsetenv("PORT");
  EXPECT_EQ(load_settings({}, file)->port, 1001);
  EXPECT_EQ(load_settings({}, file)->host, "10.0.0.1");
  EXPECT_EQ(load_settings({}, "no-such-file")->port, 8000);
}

TEST(Settings, refuses_bad_values_and_unknown_names_by_name) {
  const auto result =
      load_settings({{"ALGORITHM", "none"}, {"PORT", "70000"}}, write_env("MAX_FIEL_SIZE=3\n"));
  ASSERT_FALSE(result.has_value());
  const auto& fields = result.error().detail.at("fields").as_array();
  ASSERT_EQ(fields.size(), 3u);
  EXPECT_EQ(fields[0].at("path").as_string(), "PORT");
  EXPECT_EQ(fields[1].at("path").as_string(), "ALGORITHM");
  EXPECT_EQ(fields[2].at("path").as_string(), "MAX_FIEL_SIZE");
}

TEST(Settings, extensions_are_lower_case_with_a_dot) {
  const auto s = load_settings({{"ALLOWED_EXTENSIONS", "CSV, .Json"}}, "no-such-file");
  EXPECT_EQ(s->allowed_extensions, (std::vector<std::string>{".csv", ".json"}));
}

TEST(Settings, shows_secrets_masked) {
  for (const auto& view : describe_settings({{"SECRET_KEY", "hunter2"}}, "no-such-file")) {
    EXPECT_EQ(view.value.find("hunter2"), std::string::npos) << view.name;
  }
}

}  // namespace
}  // namespace sextant
