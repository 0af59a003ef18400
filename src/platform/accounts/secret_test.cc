#include "platform/accounts/secret.h"

#include <gtest/gtest.h>

#include <set>

#include "platform/store/testing.h"

namespace sextant::accounts {
namespace {

using store::testing::TemporaryFolder;

TEST(Secret, is_made_once_and_kept_for_its_owner_only) {
  const TemporaryFolder folder;
  const auto first = signing_secret("", folder.path(), true);
  ASSERT_TRUE(first.has_value()) << first.error().message;
  EXPECT_GE(first->size(), 32u);
  EXPECT_EQ(signing_secret("", folder.path(), true).value(), *first);
  const auto mode = std::filesystem::status(folder.path() / "secret_key").permissions();
  EXPECT_EQ(mode, std::filesystem::perms::owner_read | std::filesystem::perms::owner_write);
  const TemporaryFolder other;
  EXPECT_NE(signing_secret("", other.path(), true).value(), *first);
}

TEST(Secret, servers_that_start_at_once_agree) {
  const TemporaryFolder folder;
  std::mutex mutex;
  std::set<std::string> secrets;
  {
    std::vector<std::jthread> threads;
    for (int i = 0; i < 8; ++i) {
      threads.emplace_back([&] {
        const auto secret = signing_secret("", folder.path(), false);
        const std::lock_guard lock(mutex);
        secrets.insert(secret.value_or("failed"));
      });
    }
  }
  EXPECT_EQ(secrets.size(), 1u);
  EXPECT_FALSE(secrets.contains("failed"));
  // Nothing else is left behind.
  EXPECT_EQ(std::distance(std::filesystem::directory_iterator(folder.path()), {}), 1);
}

TEST(Secret, production_refuses_short_known_and_repetitive_keys) {
  const TemporaryFolder folder;
  for (const char* bad :
       {"short", "your_super_secret_key_here", "your_very_secure_production_secret_key",
        "09d25e094faa6ca2556c818166b7a9563b93f7099f6f0f4caa6cf63b88e8d3e7",
        "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", "abababababababababababababababababab"}) {
    const auto refused = signing_secret(bad, folder.path(), true);
    ASSERT_FALSE(refused.has_value()) << bad;
    EXPECT_EQ(refused.error().code, ErrorCode::invalid_fields);
    EXPECT_EQ(refused.error().message.find(bad), std::string::npos) << "the key is shown";
    EXPECT_TRUE(signing_secret(bad, folder.path(), false).has_value()) << "development takes any";
  }
  EXPECT_TRUE(signing_secret("k8Jq2zT5vX9wB3nM6rL1pD4sF7gH0yC-", folder.path(), true).has_value());
}

}  // namespace
}  // namespace sextant::accounts
