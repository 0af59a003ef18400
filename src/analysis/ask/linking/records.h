#pragma once
// What one sheet of records is about. Each row is a record ("order", after the column that tells
// records apart) and repeats the things that it is about: its customer, product and region. With
// several tables these are tables of their own; here they are columns.

#include <string>
#include <vector>

#include "analysis/ask/linking/context.h"

namespace sextant::ask {

// Whether the single table is such a sheet and not a list of single rows.
bool repeats_things(const std::vector<TableEntry>& tables, const std::vector<ColumnEntry>& columns);

// What people call one record: "order" after order_id, and "record", "row", "entry" of any sheet.
std::vector<std::vector<Token>> record_names(const TableEntry& table,
                                             const std::vector<ColumnEntry>& columns);

// The column that tells the things apart which this one names: the customer's id for the customer's
// name, itself when there is no such id or the data has several tables.
int identifying_column(const Context& context, int column);

// The column that tells the records of a table apart; -1: none.
int record_key(const TableEntry& table, const std::vector<ColumnEntry>& columns);

// Other words for a column of money: "spend" of a cost, "payroll" of a salary.
std::vector<std::string> names_of_money(const ColumnEntry& column);

// What a record is called by people: its own name where each has one ("name" of employees), else
// its key; -1: neither. Other names on the sheet are those of the things that it is about.
int record_label(const TableEntry& table, const std::vector<ColumnEntry>& columns);

// The yes ("Y", "true") of a column that says yes or no of each record; "": it does not.
std::string yes_of(const ColumnEntry& column);
bool is_flag(const ColumnEntry& column);

// What the yes is called besides: "returned", "return", "returns" of the column returned.
std::vector<std::string> names_of_yes(const ColumnEntry& column);

}  // namespace sextant::ask
