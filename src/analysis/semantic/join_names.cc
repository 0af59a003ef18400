#include "analysis/semantic/join_names.h"

#include <algorithm>
#include <set>

#include "analysis/semantic/columns.h"

namespace sextant::semantic {

using catalog::ModelColumn;
using catalog::ModelTable;

namespace {

std::string singular(const std::string& word) {
  if (word.size() > 3 && word.ends_with("ies")) return word.substr(0, word.size() - 3) + "y";
  if (word.size() > 4 &&
      (word.ends_with("sses") || word.ends_with("xes") || word.ends_with("ches"))) {
    return word.substr(0, word.size() - 2);
  }
  if (word.size() > 3 && word.ends_with("s") && !word.ends_with("ss"))
    return word.substr(0, word.size() - 1);
  return word;
}

// The words of a key's name that say what it is the key of: {"member"} of member_id.
std::vector<std::string> owner_words(const std::string& name) {
  auto words = name_words(name);
  if (words.size() > 1) words.pop_back();
  for (auto& word : words) word = singular(word);
  return words;
}

std::vector<std::string> table_words(const ModelTable& table) {
  auto words = name_words(table.name);
  for (auto& word : words) word = singular(word);
  return words;
}

// Whether the column is what the rows of its table are called by: offering_id of offerings, paperid
// of papers.
bool own_key(const ModelTable& table, const ModelColumn& column) {
  if (std::ranges::find(table.keys, column.name) == table.keys.end()) return false;
  if (name_words(column.name).size() > 1) return owner_words(column.name) == table_words(table);
  const auto words = table_words(table);
  return words.size() == 1 && column.name == words[0] + "id";
}

// Whether all columns end in "id": a table that only links others.
bool only_links(const ModelTable& table) {
  return table.columns.size() > 1 && std::ranges::all_of(table.columns, [](const auto& column) {
           return column.name.ends_with("id");
         });
}

// "first_name" tells no person from another.
bool part_of_person(const std::vector<std::string>& words) {
  static const std::vector<std::string_view> kParts = {"first", "last",   "middle",
                                                       "full",  "family", "given"};
  return words.size() == 2 && words[1] == "name" &&
         std::ranges::find(kParts, words[0]) != kParts.end();
}

}  // namespace

bool says_quantity(const std::vector<std::string>& words) {
  static const std::vector<std::string_view> kQuantities = {
      "num", "number", "count", "total", "avg", "average", "min", "max", "sum", "has", "is"};
  return words.size() > 1 && std::ranges::find(kQuantities, words.front()) != kQuantities.end();
}

const ModelColumn* row_key(const ModelTable& table) {
  const ModelColumn* only = nullptr;
  for (const auto& column : table.columns) {
    if (column.role != catalog::Role::identifier ||
        std::ranges::find(table.keys, column.name) == table.keys.end()) {
      continue;
    }
    if (column.name == "id" || own_key(table, column)) return &column;
    if (!only && &column == &table.columns.front()) only = &column;
  }
  return only;
}

int name_evidence(const ModelTable& from, const ModelColumn& foreign, const ModelTable& to,
                  const ModelColumn& key) {
  const auto foreign_words = name_words(foreign.name);
  const auto key_words = name_words(key.name);
  const auto to_words = name_words(to.name);
  const std::string table = singular(to_words.back());
  const bool key_generic = key_words.size() == 1;  // "id", "name", "code"
  if (foreign.name == key.name) {
    if (part_of_person(key_words)) return 0;
    if (!key_generic) return 2;
    return foreign.name == "id" || foreign.name == "name" || foreign.name == "code" ? 0 : 1;
  }
  if (says_quantity(foreign_words) || own_key(from, foreign)) return 0;
  const bool names_rows = &key == row_key(to);
  // customer_id → customers.id; home_team_id → teams.id
  if (foreign_words.size() > 1 && foreign_words.back() == key_words.back()) {
    const std::string& before = foreign_words[foreign_words.size() - 2];
    const bool other_owner =
        key_words.size() > 1 && !names_rows && singular(key_words[key_words.size() - 2]) != table;
    if (singular(before) == table && !other_owner) return 2;
    if (key_words.size() > 1 && before == key_words[key_words.size() - 2]) return 2;
  }
  // user_id → users.uid
  if (foreign_words.size() > 1 && names_rows && foreign_words.back() == "id" &&
      key.name.ends_with("id") && owner_words(foreign.name) == table_words(to)) {
    return 2;
  }
  // member_in_charge_id → members.member_id
  if (foreign_words.size() > 2 && names_rows && foreign_words.back() == key_words.back() &&
      singular(foreign_words.front()) == table) {
    return 1;
  }
  // orders.customer → customers.id or customers.name
  if (foreign_words.size() == 1 && singular(foreign_words[0]) == table) return 1;
  // "home_team" points to a team, "cares_for_students" is about several.
  if (foreign_words.size() > 1 && foreign_words.back() == table &&
      (key.role == catalog::Role::identifier || key.semantic_type == catalog::SemanticType::code)) {
    return 1;
  }
  if (&from != &to && foreign.name.size() > 4 && key.name.size() > 4 &&
      foreign.name.ends_with(key.name)) {
    return 1;
  }
  return 0;
}

bool at_home_elsewhere(const catalog::SemanticModel& model, const ModelTable& from,
                       const ModelTable& to, const std::string& name) {
  const auto own = [&](const ModelTable& table) {
    const ModelColumn* key = row_key(table);
    return key && key->name == name && own_key(table, *key);
  };
  const auto first = [&](const ModelTable& table) {
    const ModelColumn* key = row_key(table);
    return key && key->name == name && !only_links(table);
  };
  if (std::ranges::any_of(model.tables, own)) return !own(to) && !own(from);
  // merchant_id of coupons and of balances: the merchants', by whatever name their key goes.
  const auto words = name_words(name);
  const auto owner = [&](const ModelTable& table) {
    return words.size() > 1 && words.back() == "id" && row_key(table) &&
           owner_words(name) == table_words(table);
  };
  if (std::ranges::any_of(model.tables, owner)) return !owner(to) && !owner(from);
  return std::ranges::any_of(model.tables, first) && !first(to) && !first(from);
}

bool table_is_called(const ModelTable& table, const std::string& column) {
  const auto own = table_words(table), words = name_words(column);
  return !own.empty() && !words.empty() && singular(words.front()) == own.back();
}

bool named_after(const ModelTable& link, const ModelTable& table) {
  const auto own = table_words(table), words = table_words(link);
  return words.size() > own.size() && std::ranges::all_of(own, [&](const std::string& word) {
           return std::ranges::find(words, word) != words.end();
         });
}

bool names_person(const ModelColumn& column) {
  static const std::set<std::string_view> kRoles = {
      "sender",   "receiver", "recipient", "buyer",    "seller",   "payer",    "payee",
      "owner",    "author",   "creator",   "editor",   "reviewer", "approver", "assignee",
      "assigner", "reporter", "requester", "uploader", "host",     "guest",    "follower",
      "followee", "referrer", "referee",   "borrower", "lender",   "sponsor",  "inviter",
      "invitee",  "caller",   "callee",    "winner",   "loser",    "manager",  "supervisor"};
  const auto words = name_words(column.name);
  return words.size() == 2 && words[1] == "id" && kRoles.contains(words[0]);
}

bool holds_people(const ModelTable& table) {
  return std::ranges::any_of(table.columns, [](const ModelColumn& column) {
    const auto words = name_words(column.name);
    return column.name == "username" || column.name == "surname" || column.name == "lastname" ||
           (words.size() == 2 && words[1] == "name" &&
            (words[0] == "user" || words[0] == "last" || words[0] == "family"));
  });
}

}  // namespace sextant::semantic
