#include "platform/accounts/authorise.h"

#include <gtest/gtest.h>

namespace sextant::accounts {
namespace {

using catalog::MemberRole;

catalog::Principal person(MemberRole role) { return {"me", "me@x.org", "w", role}; }

TEST(Authorise, each_role_may_do_what_the_table_says) {
  // allowed[role][action], for something of someone else's in the same workspace.
  const Action actions[] = {Action::read,   Action::create, Action::write,
                            Action::remove, Action::share,  Action::administer};
  const bool allowed[4][6] = {{true, false, false, false, false, false},
                              {true, true, true, false, true, false},
                              {true, true, true, true, true, true},
                              {true, true, true, true, true, true}};
  for (int role = 0; role < 4; ++role) {
    for (int action = 0; action < 6; ++action) {
      const auto decided =
          authorise(person(static_cast<MemberRole>(role)), actions[action], {"file", "w", "other"});
      EXPECT_EQ(decided.has_value(), allowed[role][action]) << role << " " << action;
      if (!decided) {
        EXPECT_EQ(decided.error().code, ErrorCode::forbidden);
      }
    }
  }
}

TEST(Authorise, an_editor_deletes_what_is_his_own) {
  EXPECT_TRUE(
      authorise(person(MemberRole::editor), Action::remove, {"file", "w", "me"}).has_value());
  EXPECT_FALSE(
      authorise(person(MemberRole::viewer), Action::remove, {"file", "w", "me"}).has_value());
}

TEST(Authorise, another_workspaces_objects_do_not_exist_for_anyone) {
  for (const auto action : {Action::read, Action::create, Action::write, Action::remove,
                            Action::share, Action::administer}) {
    auto owner = person(MemberRole::owner);
    owner.owns_install = true;
    const auto decided = authorise(owner, action, {"file", "other", "me"});
    ASSERT_FALSE(decided.has_value());
    EXPECT_EQ(decided.error().code, ErrorCode::not_found);
  }
  EXPECT_FALSE(authorise(person(MemberRole::owner), Action::read, {"file", ""}).has_value());
}

TEST(Authorise, what_is_personal_is_its_owners_alone) {
  const Resource mine{"conversation", "w", "me", true}, theirs{"conversation", "w", "other", true};
  EXPECT_TRUE(authorise(person(MemberRole::viewer), Action::remove, mine).has_value());
  EXPECT_EQ(authorise(person(MemberRole::owner), Action::read, theirs).error().code,
            ErrorCode::not_found);
  EXPECT_EQ(
      authorise(person(MemberRole::owner), Action::read, {"conversation", "w", std::nullopt, true})
          .error()
          .code,
      ErrorCode::not_found);
}

}  // namespace
}  // namespace sextant::accounts
