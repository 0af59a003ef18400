#include "analysis/semantic/metrics.h"

#include <algorithm>

#include "analysis/semantic/columns.h"
#include "base/text.h"

namespace sextant::semantic {

namespace {

constexpr std::string_view kDerived[] = {"click_through_rate",   "conversion_rate", "profit",
                                         "return_on_investment", "return_on_spend", "revenue",
                                         "units_sold",           "margin",          "profit_margin",
                                         "average_order_value"};

using catalog::ModelColumn;
using catalog::ModelTable;
using catalog::SemanticType;

std::string qualified(const ModelTable& table, const ModelColumn& column) {
  return text::quote_identifier(table.name) + "." + text::quote_identifier(column.name);
}

bool has_word(const ModelColumn& column, std::string_view word) {
  const auto words = name_words(column.name);
  return std::ranges::find(words, word) != words.end();
}

template <class Test>
const ModelColumn* find(const ModelTable& table, Test test) {
  for (const auto& column : table.columns) {
    if (test(column)) return &column;
  }
  return nullptr;
}

// Tables that a row of this one points to, itself first.
std::vector<const ModelTable*> pointed_to(const catalog::SemanticModel& model,
                                          const ModelTable& table) {
  std::vector<const ModelTable*> tables{&table};
  for (const auto& join : model.joins) {
    if (join.left.table != table.name || join.cardinality == catalog::Cardinality::many_to_many)
      continue;
    for (const auto& other : model.tables) {
      if (other.name == join.right.table) tables.push_back(&other);
    }
  }
  return tables;
}

bool is_order_like(const std::string& table) {
  for (const auto& word : name_words(table)) {
    if (word.starts_with("order") || word.starts_with("invoice") ||
        word.starts_with("transaction") || word.starts_with("purchase") || word == "sale" ||
        word == "sales") {
      return true;
    }
  }
  return false;
}

// What selling is measured by, in one table.
struct Revenue {
  const ModelTable* table = nullptr;
  std::string expression;  // a sum
  std::optional<std::string> unit;
  const ModelColumn* quantity = nullptr;
  std::string order_key;  // what is counted for "per order"; "" when there is none
  int score = 0;          // how likely it is what people call revenue
};

const ModelColumn* find_price(const ModelTable& table, std::string_view word) {
  return find(table, [&](const auto& c) {
    return c.semantic_type == SemanticType::price && has_word(c, word);
  });
}

// What a thing was sold for; its cost and its list price are other prices.
const ModelColumn* find_sale_price(const ModelTable& table) {
  return find(table, [](const auto& c) {
    if (c.semantic_type != SemanticType::price || !has_word(c, "price")) return false;
    const auto words = name_words(c.name);
    return words.size() == 1 || has_word(c, "sale") || has_word(c, "sales") ||
           has_word(c, "selling") || has_word(c, "sold");
  });
}

// Money that comes in; refunds, taxes and plans are money too, but not revenue.
const ModelColumn* find_amount(const ModelTable& table) {
  return find(table, [](const auto& c) {
    if (c.semantic_type != SemanticType::amount) return false;
    for (const auto* word : {"refund", "refunded", "return", "tax", "vat", "shipping", "cost",
                             "discount", "budget", "target", "fee", "credit"}) {
      if (has_word(c, word)) return false;
    }
    for (const auto* word : {"amount", "revenue", "sales", "turnover", "total"}) {
      if (has_word(c, word)) return true;
    }
    return false;
  });
}

// What is left of the revenue, where each row has it.
const ModelColumn* find_profit(const ModelTable& table) {
  return find(table, [](const auto& c) {
    return c.semantic_type == SemanticType::amount && has_word(c, "profit");
  });
}

std::string find_order_key(const catalog::SemanticModel& model, const ModelTable& table) {
  const std::string name = text::quote_identifier(table.name) + ".";
  for (const auto& join : model.joins) {
    if (join.left.table == table.name && join.cardinality == catalog::Cardinality::many_to_one &&
        is_order_like(join.right.table)) {
      return name + text::quote_identifier(join.left.column);
    }
  }
  if (is_order_like(table.name) && !table.keys.empty()) {
    return name + text::quote_identifier(table.keys.front());
  }
  return "";
}

std::optional<Revenue> find_revenue(const catalog::SemanticModel& model, const ModelTable& table,
                                    const std::vector<const ModelTable*>& near) {
  Revenue found;
  found.table = &table;
  found.quantity =
      find(table, [](const auto& c) { return c.semantic_type == SemanticType::quantity; });
  if (const auto* amount = find_amount(table)) {
    found.expression = "sum(" + qualified(table, *amount) + ")";
    found.unit = amount->unit;
  } else if (found.quantity) {
    for (const auto* other : near) {
      const auto* price = find_price(*other, "price");
      if (!price) continue;
      found.unit = price->unit;
      found.expression =
          "sum(" + qualified(table, *found.quantity) + " * " + qualified(*other, *price);
      const auto* discount = find(table, [](const auto& c) {
        return has_word(c, "discount") && c.semantic_type == SemanticType::share;
      });
      if (discount) found.expression += " * (1 - coalesce(" + qualified(table, *discount) + ", 0))";
      found.expression += ")";
      break;
    }
  } else if (is_order_like(table.name)) {
    // A row for each thing that is sold, with what it went for.
    if (const auto* price = find_sale_price(table)) {
      found.expression = "sum(" + qualified(table, *price) + ")";
      found.unit = price->unit;
    }
  }
  if (found.expression.empty()) return std::nullopt;
  found.order_key = find_order_key(model, table);
  found.score = (is_order_like(table.name) ? 2 : 0) + (found.order_key.empty() ? 0 : 2) +
                (found.quantity ? 1 : 0);
  return found;
}

// Units that are sold, not what else is counted.
bool counts_units(const ModelColumn& column) {
  for (const auto* word :
       {"quantity", "qty", "unit", "units", "item", "items", "pieces", "sold", "volume"}) {
    if (has_word(column, word)) return true;
  }
  return false;
}

// Money that goes out, as a total of each row.
const ModelColumn* find_spending(const ModelTable& table) {
  return find(table, [](const auto& c) {
    if (c.semantic_type != SemanticType::amount) return false;
    for (const auto* word : {"cost", "costs", "spend", "spending", "expense", "expenses"}) {
      if (has_word(c, word)) return true;
    }
    return false;
  });
}

const ModelColumn* find_counted(const ModelTable& table,
                                std::initializer_list<std::string_view> words) {
  return find(table, [&](const auto& c) {
    if (c.semantic_type != SemanticType::quantity && c.semantic_type != SemanticType::measure)
      return false;
    return std::ranges::any_of(words, [&](auto word) { return has_word(c, word); });
  });
}

// Rates of a table of campaigns, by what it counts: views, clicks, conversions.
void add_campaign_rates(catalog::SemanticModel& model, const ModelTable& table) {
  const auto* views = find_counted(table, {"impressions", "views"});
  const auto* clicks = find_counted(table, {"clicks"});
  const auto* conversions = find_counted(table, {"conversions", "signups", "leads"});
  const auto rate = [&](std::string name, const ModelColumn* part, const ModelColumn* whole,
                        std::vector<std::string> synonyms) {
    if (!part || !whole) return;
    model.metrics.push_back({std::move(name),
                             "100.0 * sum(" + qualified(table, *part) + ") / nullif(sum(" +
                                 qualified(table, *whole) + "), 0)",
                             table.name, "%", std::move(synonyms)});
  };
  rate("click_through_rate", clicks, views, {"click through rate", "ctr", "clickthrough rate"});
  rate("conversion_rate", conversions, clicks ? clicks : views,
       {"conversion rate", "conversion rates"});
}

}  // namespace

void derive_metrics(catalog::SemanticModel& model) {
  std::erase_if(model.metrics, [](const auto& metric) {
    return std::ranges::find(kDerived, metric.name) != std::end(kDerived);
  });
  std::optional<Revenue> best;
  for (const auto& table : model.tables) {
    auto found = find_revenue(model, table, pointed_to(model, table));
    if (!found) continue;
    const bool better = !best || found->score > best->score ||
                        (found->score == best->score && table.name < best->table->name);
    if (better) best = std::move(found);
  }
  if (!best) {
    for (const auto& table : model.tables) add_campaign_rates(model, table);
    return;
  }

  const ModelTable& table = *best->table;
  const auto add = [&](std::string name, std::string expression, std::optional<std::string> unit,
                       std::vector<std::string> synonyms) {
    model.metrics.push_back(
        {std::move(name), std::move(expression), table.name, std::move(unit), std::move(synonyms)});
  };
  add("revenue", best->expression, best->unit,
      {"sales", "turnover", "total sales", "total revenue", "sales amount", "total sales amount",
       "sales revenue", "earnings"});
  if (best->quantity) {
    const std::string quantity = qualified(table, *best->quantity);
    if (counts_units(*best->quantity))
      add("units_sold", "sum(" + quantity + ")", std::nullopt,
          {"units sold", "items sold", "quantity sold", "sold units"});
    for (const auto* other : pointed_to(model, table)) {
      const auto* cost = find_price(*other, "cost");
      if (!cost) continue;
      add("margin",
          best->expression + " - sum(" + quantity + " * " + qualified(*other, *cost) + ")",
          best->unit, {"profit", "gross margin", "gross profit", "total margin", "profits"});
      break;
    }
  }
  if (const auto* cost = find_spending(table); cost && !find_profit(table)) {
    const std::string spent = "sum(" + qualified(table, *cost) + ")";
    add("profit", best->expression + " - " + spent, best->unit, {"profits", "net profit"});
    add("profit_margin",
        "100.0 * (" + best->expression + " - " + spent + ") / nullif(" + best->expression + ", 0)",
        "%", {"profit margin", "margin", "margins"});
    add("return_on_investment",
        "100.0 * (" + best->expression + " - " + spent + ") / nullif(" + spent + ", 0)", "%",
        {"return on investment", "roi"});
    add("return_on_spend", best->expression + " / nullif(" + spent + ", 0)", std::nullopt,
        {"return on ad spend", "roas", "return on spend"});
  }
  if (const auto* profit = find_profit(table)) {
    add("profit_margin",
        "100.0 * sum(" + qualified(table, *profit) + ") / nullif(" + best->expression + ", 0)", "%",
        {"profit margin", "margin", "profit margins", "net margin", "margins", "margin rate"});
  }
  if (!best->order_key.empty()) {
    add("average_order_value",
        best->expression + " / nullif(count(DISTINCT " + best->order_key + "), 0)", best->unit,
        {"average order value", "aov", "average basket", "average order size", "revenue per order",
         "avg order value"});
  }
  for (const auto& campaigns : model.tables) add_campaign_rates(model, campaigns);
}

}  // namespace sextant::semantic
