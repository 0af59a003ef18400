#include "platform/accounts/account_service.h"

#include <gmock/gmock.h>

#include <ctime>
#include <thread>

#include "platform/store/testing.h"

namespace sextant::accounts {
namespace {

using catalog::MemberRole;
using store::testing::why;
using ::testing::HasSubstr;

constexpr char kPassword[] = "securepassword123";
const Origin kHere{"192.0.2.1", "test"};

double thread_seconds() {
  timespec used{};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &used);
  return static_cast<double>(used.tv_sec) + static_cast<double>(used.tv_nsec) * 1e-9;
}

class AccountsTest : public store::testing::DatabaseTest {
 protected:
  AccountsTest() : accounts_(service(SignupMode::open)) {}

  std::unique_ptr<AccountService> service(SignupMode mode) {
    return std::make_unique<AccountService>(
        database(), AccountOptions{.tokens = {.secret = "0123456789abcdef0123456789abcdef"},
                                   .signup_mode = mode});
  }
  Session sign_up(const std::string& email, std::optional<std::string> invite = {}) {
    auto session = accounts_->sign_up({email, "Ada Lovelace", kPassword, std::move(invite)}, kHere);
    EXPECT_TRUE(session.has_value()) << why(session);
    return session.value_or(Session{});
  }
  catalog::Principal who(const Session& session) {
    auto principal = accounts_->authenticate(session.access_token);
    EXPECT_TRUE(principal.has_value()) << why(principal);
    return principal.value_or(catalog::Principal{});
  }
  ErrorCode log_in_code(const std::string& email, const std::string& password,
                        const Origin& origin = kHere) {
    const auto session = accounts_->log_in(email, password, origin);
    return session ? ErrorCode::internal : session.error().code;
  }
  bool alive(const Session& session) {
    return accounts_->authenticate(session.access_token).has_value();
  }

  std::unique_ptr<AccountService> accounts_;
};

TEST_P(AccountsTest, signing_up_makes_a_user_with_a_workspace_of_its_own) {
  const Session session = sign_up("  Ada@Example.ORG ");
  EXPECT_EQ(session.token_type, "bearer");
  EXPECT_EQ(session.expires_in, 30 * 60);
  EXPECT_EQ(session.user.email, "ada@example.org");
  EXPECT_EQ(session.user.full_name, "Ada Lovelace");
  EXPECT_TRUE(session.user.is_active);
  ASSERT_EQ(session.user.workspaces.size(), 1u);
  EXPECT_EQ(session.user.workspaces[0].name, "Ada's workspace");
  EXPECT_EQ(session.user.workspaces[0].role, MemberRole::owner);
  const auto principal = who(session);
  EXPECT_EQ(principal.user_id, session.user.id);
  EXPECT_EQ(principal.workspace_id, session.user.workspace_id);
  EXPECT_EQ(principal.role, MemberRole::owner);
  const auto stored = database().one("SELECT hashed_password FROM users", {}, "user");
  EXPECT_THAT(stored->text("hashed_password"), HasSubstr("$argon2id$v=19$m=19456,t=2,p=1$"));
}

TEST_P(AccountsTest, the_first_account_owns_the_install_and_only_it) {
  EXPECT_TRUE(sign_up("a@x.org").user.owns_install);
  EXPECT_FALSE(sign_up("b@x.org").user.owns_install);
}

TEST_P(AccountsTest, of_first_accounts_made_at_once_one_owns_the_install) {
  std::atomic<int> owners = 0;
  {
    std::vector<std::jthread> threads;
    for (int i = 0; i < 4; ++i) {
      threads.emplace_back(
          [&, i] { owners += sign_up("u" + std::to_string(i) + "@x.org").user.owns_install; });
    }
  }
  EXPECT_EQ(owners, 1);
}

TEST_P(AccountsTest, what_is_wrong_with_a_sign_up_is_named_by_field) {
  const auto session = accounts_->sign_up({"nonsense", " ", "short", {}}, kHere);
  ASSERT_FALSE(session.has_value());
  EXPECT_EQ(session.error().code, ErrorCode::invalid_fields);
  std::vector<std::string> paths;
  for (const auto& field : session.error().detail.at("fields").as_array()) {
    paths.emplace_back(field.at("path").as_string());
  }
  EXPECT_THAT(paths, ::testing::ElementsAre("email", "full_name", "password"));
  EXPECT_FALSE(accounts_->sign_up({"a@x.org", "A", std::string(1025, 'a'), {}}, kHere).has_value());
  EXPECT_FALSE(accounts_->sign_up({"a@x.org", "A", "ü ü ü", {}}, kHere).has_value())
      << "bytes are no characters";
  EXPECT_TRUE(accounts_->sign_up({"a@x.org", "A", std::string(1024, 'a'), {}}, kHere).has_value());
}

TEST_P(AccountsTest, an_address_has_one_account_also_when_two_sign_up_at_once) {
  sign_up("a@x.org");
  const auto again = accounts_->sign_up({"A@X.ORG", "B", kPassword, {}}, kHere);
  ASSERT_FALSE(again.has_value());
  EXPECT_EQ(again.error().code, ErrorCode::conflict);
  std::atomic<int> made = 0, conflicts = 0;
  {
    std::vector<std::jthread> threads;
    for (int i = 0; i < 4; ++i) {
      threads.emplace_back([&] {
        const auto one = accounts_->sign_up({"same@x.org", "S", kPassword, {}}, kHere);
        if (one) {
          ++made;
        } else if (one.error().code == ErrorCode::conflict) {
          ++conflicts;
        }
      });
    }
  }
  EXPECT_EQ(made, 1);
  EXPECT_EQ(conflicts, 3);
}

TEST_P(AccountsTest, logging_in_needs_the_right_password_and_says_no_more) {
  sign_up("a@x.org");
  EXPECT_TRUE(accounts_->log_in(" A@x.org", kPassword, kHere).has_value());
  const auto wrong = accounts_->log_in("a@x.org", "securepassword124", kHere);
  const auto unknown = accounts_->log_in("nobody@x.org", kPassword, kHere);
  ASSERT_FALSE(wrong.has_value());
  ASSERT_FALSE(unknown.has_value());
  EXPECT_EQ(wrong.error().code, ErrorCode::unauthenticated);
  EXPECT_EQ(wrong.error().message, unknown.error().message);
  EXPECT_EQ(log_in_code("", ""), ErrorCode::unauthenticated);
  EXPECT_EQ(log_in_code("a@x.org", std::string(2000, 'a')), ErrorCode::unauthenticated);
  ASSERT_TRUE(database().execute("UPDATE users SET is_active = FALSE").has_value());
  EXPECT_EQ(log_in_code("a@x.org", kPassword), ErrorCode::forbidden);
}

// In processor time, which other load on the machine does not lengthen; a hash left out shows as a
// factor of ten and more.
TEST_P(AccountsTest, an_account_that_does_not_exist_costs_what_one_that_does) {
  sign_up("a@x.org");
  const auto cost_of = [&](const std::string& email) {
    std::vector<double> seconds;
    for (int i = 0; i < 4; ++i) {
      const double begin = thread_seconds();
      (void)log_in_code(email, "wrong password", {});
      seconds.push_back(thread_seconds() - begin);
    }
    return *std::ranges::min_element(seconds);
  };
  const double known = cost_of("a@x.org"), unknown = cost_of("nobody@x.org");
  EXPECT_GT(unknown * 3, known);
  EXPECT_GT(known * 3, unknown);
}

TEST_P(AccountsTest, guessing_locks_the_account_and_the_right_password_does_not_help_then) {
  sign_up("a@x.org");
  for (int i = 0; i < LoginGuard::kAccountLimit; ++i) {
    EXPECT_EQ(log_in_code("a@x.org", "guess" + std::to_string(i)), ErrorCode::unauthenticated);
  }
  const auto locked = accounts_->log_in("a@x.org", kPassword, {"198.51.100.7", ""});
  ASSERT_FALSE(locked.has_value());
  EXPECT_EQ(locked.error().code, ErrorCode::locked_out);
  EXPECT_THAT(locked.error().hint, HasSubstr("seconds"));
  const auto left = locked.error().detail.at("retry_after").as_int64();
  EXPECT_GT(left, 0);
  EXPECT_LE(left, 60);
  // Another account is not touched, and the lock ends.
  sign_up("b@x.org");
  EXPECT_TRUE(accounts_->log_in("b@x.org", kPassword, kHere).has_value());
  ASSERT_TRUE(
      database()
          .execute("UPDATE login_failures SET locked_until = $1 WHERE subject = 'account:a@x.org'",
                   {now() - std::chrono::seconds(1)})
          .has_value());
  EXPECT_TRUE(accounts_->log_in("a@x.org", kPassword, kHere).has_value());
  EXPECT_EQ(log_in_code("a@x.org", "guess"), ErrorCode::unauthenticated)
      << "counted from the start again";
}

TEST_P(AccountsTest, names_without_an_account_are_locked_just_so) {
  for (int i = 0; i < LoginGuard::kAccountLimit; ++i) log_in_code("nobody@x.org", "guess");
  EXPECT_EQ(log_in_code("nobody@x.org", "guess"), ErrorCode::locked_out);
}

TEST_P(AccountsTest, each_further_lock_is_longer) {
  const auto left = [&] {
    const auto locked = accounts_->log_in("nobody@x.org", "guess", {});
    return locked.error().code == ErrorCode::locked_out
               ? locked.error().detail.at("retry_after").as_int64()
               : 0;
  };
  for (int i = 0; i < LoginGuard::kAccountLimit; ++i) EXPECT_EQ(left(), 0);
  EXPECT_LE(left(), 60);
  ASSERT_TRUE(
      database()
          .execute("UPDATE login_failures SET locked_until = $1", {now() - std::chrono::seconds(1)})
          .has_value());
  EXPECT_EQ(left(), 0);
  EXPECT_GT(left(), 60);
}

TEST_P(AccountsTest, guesses_at_many_accounts_lock_the_address_and_only_it) {
  sign_up("a@x.org");
  for (int i = 0; i < LoginGuard::kAddressLimit; ++i) {
    EXPECT_EQ(log_in_code("u" + std::to_string(i) + "@x.org", "guess"), ErrorCode::unauthenticated);
  }
  EXPECT_EQ(log_in_code("a@x.org", kPassword), ErrorCode::locked_out);
  EXPECT_TRUE(accounts_->log_in("a@x.org", kPassword, {"198.51.100.7", ""}).has_value());
}

TEST_P(AccountsTest, many_guesses_at_once_get_no_more_tries) {
  sign_up("a@x.org");
  std::atomic<int> tried = 0;
  {
    std::vector<std::jthread> threads;
    for (int i = 0; i < 12; ++i) {
      threads.emplace_back(
          [&] { tried += log_in_code("a@x.org", "guess") == ErrorCode::unauthenticated; });
    }
  }
  EXPECT_EQ(tried, LoginGuard::kAccountLimit);
}

TEST_P(AccountsTest, a_refresh_token_is_good_once_and_its_second_use_ends_the_log_in) {
  const Session first = sign_up("a@x.org");
  const auto other_login = accounts_->log_in("a@x.org", kPassword, kHere);
  const auto second = accounts_->refresh(first.refresh_token, kHere);
  ASSERT_TRUE(second.has_value()) << why(second);
  EXPECT_NE(second->refresh_token, first.refresh_token);
  EXPECT_TRUE(alive(*second));
  const auto reused = accounts_->refresh(first.refresh_token, kHere);
  ASSERT_FALSE(reused.has_value());
  EXPECT_EQ(reused.error().code, ErrorCode::unauthenticated);
  EXPECT_FALSE(accounts_->refresh(second->refresh_token, kHere).has_value())
      << "the thief's and the owner's both";
  EXPECT_FALSE(alive(*second));
  EXPECT_FALSE(alive(first));
  EXPECT_TRUE(alive(*other_login)) << "another log-in goes on";
}

TEST_P(AccountsTest, of_refreshes_at_once_with_one_token_at_most_one_succeeds) {
  const Session first = sign_up("a@x.org");
  std::atomic<int> succeeded = 0;
  {
    std::vector<std::jthread> threads;
    for (int i = 0; i < 6; ++i) {
      threads.emplace_back(
          [&] { succeeded += accounts_->refresh(first.refresh_token, kHere).has_value(); });
    }
  }
  EXPECT_EQ(succeeded, 1);
}

TEST_P(AccountsTest, refresh_tokens_expire_and_are_not_kept_as_they_are) {
  const Session session = sign_up("a@x.org");
  EXPECT_FALSE(
      database()
          .first("SELECT id FROM refresh_tokens WHERE token_hash = $1", {session.refresh_token})
          ->has_value());
  ASSERT_TRUE(
      database()
          .execute("UPDATE refresh_tokens SET expires_at = $1", {now() - std::chrono::seconds(1)})
          .has_value());
  EXPECT_FALSE(accounts_->refresh(session.refresh_token, kHere).has_value());
  EXPECT_FALSE(accounts_->refresh("", kHere).has_value());
  EXPECT_FALSE(accounts_->refresh("made up", kHere).has_value());
}

TEST_P(AccountsTest, logging_out_ends_access_at_once) {
  const Session session = sign_up("a@x.org");
  EXPECT_TRUE(alive(session));
  ASSERT_TRUE(accounts_->log_out(session.refresh_token).has_value());
  EXPECT_FALSE(alive(session));
  EXPECT_FALSE(accounts_->refresh(session.refresh_token, kHere).has_value());
  EXPECT_TRUE(accounts_->log_out(session.refresh_token).has_value()) << "again is no error";
}

TEST_P(AccountsTest, a_new_password_ends_the_other_sessions_and_keeps_this_one) {
  const Session here = sign_up("a@x.org");
  const Session there = accounts_->log_in("a@x.org", kPassword, kHere).value();
  const auto wrong = accounts_->change_password(who(here), "not it at all", "another password");
  ASSERT_FALSE(wrong.has_value());
  EXPECT_EQ(wrong.error().code, ErrorCode::invalid_fields);
  EXPECT_FALSE(accounts_->change_password(who(here), kPassword, "short").has_value());
  ASSERT_TRUE(accounts_->change_password(who(here), kPassword, "another password").has_value());
  EXPECT_TRUE(alive(here));
  EXPECT_FALSE(alive(there));
  EXPECT_EQ(log_in_code("a@x.org", kPassword), ErrorCode::unauthenticated);
  EXPECT_TRUE(accounts_->log_in("a@x.org", "another password", kHere).has_value());
}

TEST_P(AccountsTest, resetting_a_password_ends_all_sessions_and_opens_the_lock) {
  const Session session = sign_up("a@x.org");
  for (int i = 0; i <= LoginGuard::kAccountLimit; ++i) log_in_code("a@x.org", "guess");
  ASSERT_TRUE(accounts_->reset_password("A@x.org ", "a fresh password").has_value());
  EXPECT_FALSE(alive(session));
  EXPECT_TRUE(accounts_->log_in("a@x.org", "a fresh password", kHere).has_value());
  EXPECT_EQ(accounts_->reset_password("nobody@x.org", "a fresh password").error().code,
            ErrorCode::not_found);
}

TEST_P(AccountsTest, sign_up_modes_let_in_the_first_and_then_whom_they_say) {
  accounts_ = service(SignupMode::closed);
  const Session owner = sign_up("owner@x.org");
  EXPECT_EQ(accounts_->sign_up({"b@x.org", "B", kPassword, {}}, kHere).error().code,
            ErrorCode::forbidden);
  accounts_ = service(SignupMode::invite);
  EXPECT_EQ(accounts_->sign_up({"b@x.org", "B", kPassword, {}}, kHere).error().code,
            ErrorCode::forbidden);
  const auto invite = accounts_->invite(who(owner), std::nullopt, MemberRole::viewer);
  ASSERT_TRUE(invite.has_value()) << why(invite);
  const Session guest = sign_up("b@x.org", invite->token);
  EXPECT_EQ(guest.user.workspace_id, owner.user.workspace_id);
  EXPECT_EQ(who(guest).role, MemberRole::viewer);
  EXPECT_EQ(guest.user.workspaces.size(), 1u);
  accounts_ = service(SignupMode::closed);
  EXPECT_EQ(accounts_->sign_up({"c@x.org", "C", kPassword, invite->token}, kHere).error().code,
            ErrorCode::forbidden);
}

TEST_P(AccountsTest, an_invitation_is_good_once_for_its_address_until_it_expires) {
  const Session owner = sign_up("owner@x.org");
  const auto invite = accounts_->invite(who(owner), "B@x.org", MemberRole::editor);
  ASSERT_TRUE(invite.has_value()) << why(invite);
  EXPECT_EQ(accounts_->sign_up({"c@x.org", "C", kPassword, invite->token}, kHere).error().code,
            ErrorCode::gone);
  const Session b = sign_up("b@x.org", invite->token);
  EXPECT_EQ(who(b).role, MemberRole::editor);
  EXPECT_EQ(accounts_->accept_invite(who(b), *invite->token).error().code, ErrorCode::gone);
  const auto old = accounts_->invite(who(owner), std::nullopt, MemberRole::editor);
  ASSERT_TRUE(database()
                  .execute("UPDATE invites SET expires_at = $1 WHERE id = $2",
                           {now() - std::chrono::seconds(1), old->id})
                  .has_value());
  EXPECT_EQ(accounts_->sign_up({"d@x.org", "D", kPassword, old->token}, kHere).error().code,
            ErrorCode::gone);
  const auto taken_back = accounts_->invite(who(owner), std::nullopt, MemberRole::editor);
  ASSERT_TRUE(accounts_->revoke_invite(who(owner), taken_back->id).has_value());
  EXPECT_EQ(accounts_->sign_up({"e@x.org", "E", kPassword, taken_back->token}, kHere).error().code,
            ErrorCode::gone);
  const auto listed = accounts_->invites(who(owner));
  ASSERT_EQ(listed->size(), 2u);
  for (const auto& one : *listed) EXPECT_FALSE(one.token.has_value());
}

TEST_P(AccountsTest, only_administrators_invite_and_nobody_above_himself) {
  const Session owner = sign_up("owner@x.org");
  const auto join = [&](const char* email, MemberRole role) {
    return sign_up(email, accounts_->invite(who(owner), std::nullopt, role)->token);
  };
  const Session viewer = join("v@x.org", MemberRole::viewer),
                admin = join("a@x.org", MemberRole::admin);
  EXPECT_EQ(accounts_->invite(who(viewer), std::nullopt, MemberRole::viewer).error().code,
            ErrorCode::forbidden);
  EXPECT_TRUE(accounts_->invite(who(admin), std::nullopt, MemberRole::admin).has_value());
  EXPECT_EQ(accounts_->set_role(who(admin), viewer.user.id, MemberRole::owner).error().code,
            ErrorCode::forbidden);
  EXPECT_EQ(accounts_->set_role(who(admin), owner.user.id, MemberRole::viewer).error().code,
            ErrorCode::forbidden);
  EXPECT_EQ(accounts_->remove_member(who(viewer), admin.user.id).error().code,
            ErrorCode::forbidden);
  ASSERT_TRUE(accounts_->set_role(who(admin), viewer.user.id, MemberRole::editor).has_value());
  EXPECT_EQ(who(viewer).role, MemberRole::editor) << "at once, with the token that is there";
  EXPECT_EQ(accounts_->members(who(viewer))->size(), 3u);
  ASSERT_TRUE(accounts_->remove_member(who(admin), viewer.user.id).has_value());
  EXPECT_FALSE(alive(viewer));
}

TEST_P(AccountsTest, a_workspace_keeps_an_owner) {
  const Session owner = sign_up("owner@x.org");
  EXPECT_EQ(accounts_->remove_member(who(owner), owner.user.id).error().code, ErrorCode::conflict);
  EXPECT_EQ(accounts_->set_role(who(owner), owner.user.id, MemberRole::admin).error().code,
            ErrorCode::conflict);
}

TEST_P(AccountsTest, another_workspace_is_for_its_members_only) {
  const Session a = sign_up("a@x.org"), b = sign_up("b@x.org");
  EXPECT_EQ(accounts_->authenticate(b.access_token, a.user.workspace_id).error().code,
            ErrorCode::not_found);
  EXPECT_EQ(accounts_->switch_workspace(who(b), a.user.workspace_id, kHere).error().code,
            ErrorCode::not_found);
  EXPECT_EQ(accounts_->set_role(who(b), a.user.id, MemberRole::viewer).error().code,
            ErrorCode::not_found);
  const auto invite = accounts_->invite(who(a), std::nullopt, MemberRole::viewer);
  EXPECT_EQ(accounts_->revoke_invite(who(b), invite->id).error().code, ErrorCode::not_found);
  ASSERT_TRUE(accounts_->accept_invite(who(b), *invite->token).has_value());
  const auto there = accounts_->authenticate(b.access_token, a.user.workspace_id);
  ASSERT_TRUE(there.has_value()) << why(there);
  EXPECT_EQ(there->role, MemberRole::viewer);
  const auto switched = accounts_->switch_workspace(who(b), a.user.workspace_id, kHere);
  ASSERT_TRUE(switched.has_value()) << why(switched);
  EXPECT_EQ(who(*switched).workspace_id, a.user.workspace_id);
  EXPECT_EQ(switched->user.workspaces.size(), 2u);
  EXPECT_EQ(accounts_->rename_workspace(who(*switched), "Mine now").error().code,
            ErrorCode::forbidden);
  EXPECT_EQ(accounts_->rename_workspace(who(a), " Team ")->name, "Team");
}

TEST_P(AccountsTest, a_profile_can_be_renamed) {
  const Session session = sign_up("a@x.org");
  EXPECT_EQ(accounts_->rename(who(session), "  Grace Hopper ")->full_name, "Grace Hopper");
  EXPECT_EQ(accounts_->me(who(session))->full_name, "Grace Hopper");
  EXPECT_EQ(accounts_->rename(who(session), "two\nlines").error().code, ErrorCode::invalid_fields);
}

SEXTANT_ON_BOTH_DIALECTS(AccountsTest);

TEST(Email, is_trimmed_lowered_and_checked) {
  EXPECT_EQ(normal_email(" Ada@Example.ORG\n"), "ada@example.org");
  EXPECT_EQ(normal_email("a+b@sub.x-y.org"), "a+b@sub.x-y.org");
  EXPECT_EQ(normal_email("root@localhost"), "root@localhost");
  EXPECT_EQ(normal_email("jörg@müller.de"), "jörg@müller.de");
  for (const char* bad :
       {"", "a", "@x.org", "a@", "a@b@c.org", "a b@x.org", "a@x..org", "a@.org", "a@x.org.",
        "a@-x.org", "a\t@x.org", "<a@x.org>", "a@x.org,b@x.org", "\xff@x.org"}) {
    EXPECT_FALSE(normal_email(bad).has_value()) << bad;
  }
  EXPECT_FALSE(normal_email(std::string(250, 'a') + "@x.org").has_value());
}

}  // namespace
}  // namespace sextant::accounts
