#pragma once
// What the names of tables and columns say about which column points to which table's key.

#include <string>
#include <vector>

#include "catalog/semantic_model.h"

namespace sextant::semantic {

// Names of numbers of things: "num_semesters" points to no semester.
bool says_quantity(const std::vector<std::string>& words);

// The column that names a row of the table; nullptr when several may.
const catalog::ModelColumn* row_key(const catalog::ModelTable& table);

// How much the names say that `foreign` points to `key`: 0 nothing, 1 maybe, 2 surely.
int name_evidence(const catalog::ModelTable& from, const catalog::ModelColumn& foreign,
                  const catalog::ModelTable& to, const catalog::ModelColumn& key);

// Whether rows of another table are called by this name, so that what two tables have in common
// are those rows: business_id of reviews and of tips.
bool at_home_elsewhere(const catalog::SemanticModel& model, const catalog::ModelTable& from,
                       const catalog::ModelTable& to, const std::string& name);

// Whether the rows are what the column is called: countries.country, cities.city_name.
bool table_is_called(const catalog::ModelTable& table, const std::string& column);

// "debate_people" of "people".
bool named_after(const catalog::ModelTable& link, const catalog::ModelTable& table);

// Who does something, or to whom it is done: sender_id, reviewer_id.
bool names_person(const catalog::ModelColumn& column);

// Whether the rows are people: they have names of people, or are signed in by one.
bool holds_people(const catalog::ModelTable& table);

}  // namespace sextant::semantic
