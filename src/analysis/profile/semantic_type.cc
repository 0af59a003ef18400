#include "analysis/profile/semantic_type.h"

#include <unicode/locid.h>
#include <unicode/uloc.h>

#include <algorithm>
#include <array>
#include <set>

#include "analysis/profile/text_kinds.h"
#include "base/names.h"
#include "base/text.h"

namespace sextant::profile {
namespace {

using catalog::SemanticType;
using Words = std::set<std::string_view>;

// Header words by meaning: English, and the commonest German, French, Spanish and Italian ones.
const Words kIdentifier = {"id", "ids", "uuid", "guid", "key", "identifier", "pk", "rowid"};
const Words kNumberOf = {"number", "no", "nr", "num", "nummer", "numero"};
const Words kCode = {"zip",   "zipcode", "postal", "postcode", "plz",   "cap",     "code",
                     "codes", "sku",     "ean",    "upc",      "isbn",  "issn",    "gtin",
                     "asin",  "iban",    "bic",    "swift",    "fips",  "naics",   "hs",
                     "iso",   "icd",     "ssn",    "account",  "konto", "barcode", "serial"};
const Words kYear = {"year", "jahr", "annee", "année", "ano", "año", "anno", "yr", "fy"};
const Words kMonth = {"month", "monat", "mois", "mes", "mese", "mon"};
const Words kShare = {"percent",    "percentage",  "pct",         "perc",        "ratio",
                      "share",      "proportion",  "prozent",     "anteil",      "probability",
                      "conversion", "ctr",         "utilization", "utilisation", "churn",
                      "growth",     "pourcentage", "porcentaje",  "yield"};
const Words kMaybeShare = {"rate",     "margin", "discount", "tax",    "vat",     "fraction",
                           "interest", "quote",  "quota",    "rabatt", "coverage"};
const Words kPrice = {"price", "prices", "preis",      "prix",       "precio", "prezzo",
                      "msrp",  "tariff", "wage",       "fare",       "open",   "close",
                      "bid",   "ask",    "stückpreis", "einzelpreis"};
const Words kAmount = {
    "amount",     "amt",        "total",       "revenue", "revenues", "sales",    "turnover",
    "umsatz",     "cost",       "costs",       "kosten",  "expense",  "expenses", "profit",
    "income",     "earnings",   "budget",      "spend",   "spending", "spent",    "payment",
    "payments",   "paid",       "balance",     "net",     "gross",    "tax",      "vat",
    "fee",        "fees",       "subtotal",    "salary",  "betrag",   "montant",  "importe",
    "importo",    "gdp",        "debt",        "refund",  "freight",  "donation", "donations",
    "funding",    "investment", "investments", "value",   "discount", "margin",   "gewinn",
    "netto",      "brutto",     "summe",       "charge",  "charges",  "premium",  "bonus",
    "commission", "tip",        "gmv",         "mrr",     "arr",      "cogs",     "ebitda",
    "credit",     "debit",      "loss",        "rent",    "worth",    "shipping"};
const Words kQuantity = {
    "quantity",   "qty",          "units",         "unit",      "count",         "counts",
    "items",      "pieces",       "pcs",           "volume",    "stock",         "inventory",
    "orders",     "visits",       "visitors",      "clicks",    "impressions",   "views",
    "sessions",   "downloads",    "users",         "customers", "population",    "hours",
    "menge",      "anzahl",       "stück",         "stueck",    "headcount",     "employees",
    "students",   "deaths",       "cases",         "births",    "goals",         "points",
    "kwh",        "mwh",          "tons",          "tonnes",    "passengers",    "seats",
    "installs",   "signups",      "subscribers",   "likes",     "shares",        "comments",
    "wins",       "losses",       "followers",     "emails",    "calls",         "tickets",
    "production", "consumption",  "emissions",     "cantidad",  "quantité",      "nombre",
    "votes",      "bytes",        "requests",      "errors",    "leads",         "members",
    "bookings",   "nights",       "trips",         "rainfall",  "precipitation", "conversions",
    "purchases",  "transactions", "registrations", "attendees", "participants",  "pop",
    "inhabitants"};
const Words kMeasure = {
    "temperature", "temp",     "score",     "rating",   "age",      "height",        "length",
    "width",       "weight",   "depth",     "speed",    "pressure", "humidity",      "distance",
    "bmi",         "duration", "index",     "level",    "size",     "latency",       "alter",
    "gewicht",     "area",     "elevation", "altitude", "angle",    "radius",        "frequency",
    "voltage",     "current",  "power",     "mpg",      "density",  "concentration", "ph",
    "days",        "minutes",  "seconds"};
const Words kCategoryWord = {
    "type",      "class", "grade",   "group",      "category", "status", "rank",
    "priority",  "stage", "cluster", "segment",    "tier",     "gender", "sex",
    "kategorie", "typ",   "gruppe",  "department", "channel",  "kind",   "quarter",
    "weekday",   "dow",   "floor",   "label",      "species"};
const Words kCountry = {"country", "countries", "nation", "land",       "pays",
                        "pais",    "país",      "paese",  "nationality"};
const Words kRegion = {"state",      "province",    "region",    "county",
                       "bundesland", "territory",   "district",  "prefecture",
                       "provincia",  "département", "continent", "canton"};
const Words kCity = {"city",         "town", "stadt", "ville", "ciudad",
                     "municipality", "ort",  "città", "cidade"};
const Words kPerson = {"customer", "client",    "employee",    "manager",   "author",  "owner",
                       "agent",    "seller",    "salesperson", "rep",       "patient", "student",
                       "teacher",  "passenger", "person",      "contact",   "user",    "username",
                       "surname",  "firstname", "lastname",    "fullname",  "buyer",   "driver",
                       "doctor",   "player",    "artist",      "director",  "kunde",   "vorname",
                       "nachname", "assignee",  "reviewer",    "recipient", "sender"};
const Words kName = {"name",     "title", "product", "item",     "model",   "brand", "company",
                     "project",  "event", "names",   "produkt",  "artikel", "firma", "vendor",
                     "supplier", "store", "shop",    "campaign", "song",    "movie", "film",
                     "book",     "team",  "school",  "hospital"};
const Words kTextWord = {"comment",  "comments",     "note",      "notes", "description",
                         "remark",   "remarks",      "message",   "text",  "review",
                         "feedback", "beschreibung", "kommentar", "body",  "content",
                         "summary",  "abstract",     "bemerkung"};
const Words kPhone = {"phone", "telephone", "tel", "mobile", "fax", "telefon", "cell", "handy"};

std::vector<std::string> tokens_of(const ColumnFacts& facts) {
  auto tokens = text::split(facts.name, '_');
  std::erase_if(tokens, [](const auto& t) { return t.empty(); });
  return tokens;
}

class Header {
 public:
  explicit Header(const ColumnFacts& facts) : tokens_(tokens_of(facts)) {}
  bool has(const Words& words) const {
    return std::ranges::any_of(tokens_, [&](const auto& t) { return words.contains(t); });
  }
  bool has(std::string_view word) const {
    return std::ranges::find(tokens_, word) != tokens_.end();
  }
  bool ends(const Words& words) const { return !tokens_.empty() && words.contains(tokens_.back()); }
  bool starts(const Words& words) const {
    return !tokens_.empty() && words.contains(tokens_.front());
  }
  std::size_t size() const { return tokens_.size(); }

 private:
  std::vector<std::string> tokens_;
};

bool is_country_name(std::string_view s) { return is_country(s, false); }

bool is_integer(std::string_view type) {
  static const Words kTypes = {"BIGINT",  "INTEGER",  "SMALLINT",  "TINYINT",  "HUGEINT",
                               "UBIGINT", "UINTEGER", "USMALLINT", "UTINYINT", "UHUGEINT"};
  return kTypes.contains(type);
}

bool is_currency(const std::optional<std::string>& unit) {
  return unit && unit->size() == 3 &&
         std::ranges::all_of(*unit, [](char c) { return c >= 'A' && c <= 'Z'; });
}

SemanticType of_number(const ColumnFacts& f, const Header& header) {
  const double low = f.min.value_or(0);
  const double high = f.max.value_or(0);
  const bool integer = is_integer(f.type);
  const bool unit_interval = low >= -1 && high <= 1;
  const bool unique = f.values > 1 && f.distinct >= f.values;
  const bool money = is_currency(f.unit);
  if (header.ends(kIdentifier) || (header.has("id") && integer)) return SemanticType::identifier;
  if (integer && header.size() == 1 && ends_in_id(f.name)) return SemanticType::identifier;
  if (header.has(Words{"lat", "latitude"}) && low >= -90 && high <= 90)
    return SemanticType::latitude;
  if (header.has(Words{"lon", "lng", "long", "longitude"}) && low >= -180 && high <= 180) {
    return SemanticType::longitude;
  }
  if (integer && header.has(kYear) && low >= 1000 && high <= 2999) return SemanticType::year;
  if (integer && header.has(kMonth) && low >= 1 && high <= 12) return SemanticType::month;
  if (integer && header.has(kPhone)) return SemanticType::phone;
  if (integer && header.has(kCode) && !header.has(kAmount)) return SemanticType::code;
  if (f.unit == "%" || header.has(kShare)) return SemanticType::share;
  if (header.has(kMaybeShare) && !money && (unit_interval || header.ends(Words{"rate"})) &&
      high <= 100 && !(integer && high > 1 && !header.has("rate"))) {
    return SemanticType::share;
  }
  const bool per_unit = header.has("per") || header.has("unit") || header.has("avg") ||
                        header.has("average") || header.has("mean") || header.has("hourly");
  if (header.has(kPrice) && !header.has("total") && (money || !integer || header.size() <= 3)) {
    return SemanticType::price;
  }
  if (per_unit && (header.has(kAmount) || money)) return SemanticType::price;
  if (per_unit &&
      (header.has("avg") || header.has("average") || header.has("mean") || header.has("per"))) {
    return SemanticType::measure;
  }
  if (integer && header.ends(kNumberOf) && f.distinct * 2 > f.values)
    return SemanticType::identifier;
  if (header.starts(kNumberOf) && header.size() > 1) return SemanticType::quantity;
  if (money) return SemanticType::amount;
  if (header.has(kQuantity) && !header.has(kAmount)) return SemanticType::quantity;
  if (integer && low >= 0 && high <= 1 && f.distinct <= 2 && f.values > 2)
    return SemanticType::boolean;
  if (header.has(kMeasure)) return SemanticType::measure;
  if (header.has(kAmount)) return SemanticType::amount;
  if (integer && f.distinct <= 30 && header.has(kCategoryWord)) return SemanticType::category;
  if (integer && header.has(kNumberOf)) return SemanticType::identifier;
  // Numbers that follow one another, or long ones of about one length; populations are neither.
  if (integer && unique && f.values > 10 && low >= 0 &&
      (high - low < static_cast<double>(f.values) * 1.5 || (high > 1e6 && low * 100 > high))) {
    return SemanticType::identifier;
  }
  if (integer && low >= 1900 && high <= 2100 && f.distinct <= 150 && f.values > f.distinct * 2) {
    return SemanticType::year;
  }
  return SemanticType::measure;
}

SemanticType of_text(const ColumnFacts& f, const Header& header) {
  if (f.values == 0) return SemanticType::unknown;
  const auto& samples = f.samples;
  const double ratio = static_cast<double>(f.distinct) / static_cast<double>(f.values);
  if (f.distinct <= 2 && share_of(samples, is_boolean_word) == 1) return SemanticType::boolean;
  if (share_of(samples, is_email) > 0.8) return SemanticType::email;
  if (share_of(samples, is_url) > 0.8) return SemanticType::url;
  if (share_of(samples, is_json) > 0.9) return SemanticType::json;
  if (header.has(kPhone) && share_of(samples, is_phone) > 0.5) return SemanticType::phone;
  if (share_of(samples, is_month_name) > 0.9 && f.distinct <= 24) return SemanticType::month;
  if (header.ends(kIdentifier)) return SemanticType::identifier;
  if (header.has(kCountry) && !header.has(kCode)) return SemanticType::country;
  const bool by_code = header.has(kCountry);
  if (by_code || (f.distinct >= 2 && share_of(samples, is_country_name) > 0.8)) {
    return SemanticType::country;
  }
  if (header.has(kTextWord) && (f.average_length > 20 || ratio > 0.5)) return SemanticType::text;
  if (header.has(kCity)) return SemanticType::city;
  if (header.has(kRegion)) return SemanticType::region;
  if (header.has(kCode) || header.ends(kNumberOf)) {
    return ratio > 0.9 && f.values > 20 ? SemanticType::identifier : SemanticType::code;
  }
  if (share_of(samples, is_phone) > 0.9) return SemanticType::phone;
  if (ratio > 0.95 && f.values > 20 && share_of(samples, is_code_like) > 0.9)
    return SemanticType::identifier;
  if (header.has(kCategoryWord) && f.distinct <= 1000 && ratio < 0.5) return SemanticType::category;
  const double persons = share_of(samples, is_person_name);
  if (header.has(kPerson) &&
      (persons > 0.5 || header.has(Words{"name", "surname", "firstname", "lastname", "fullname",
                                         "vorname", "nachname"}))) {
    return SemanticType::person;
  }
  if (header.has("name") &&
      (header.has(Words{"first", "last", "full", "middle", "given", "family"}) ||
       (header.size() == 1 && persons > 0.8))) {
    return SemanticType::person;
  }
  if (f.average_length > 60) return SemanticType::text;
  if (f.distinct <= 50 && (ratio <= 0.5 || f.values < 20)) {
    return header.has("name") && ratio > 0.9 ? SemanticType::name : SemanticType::category;
  }
  if (header.has(kName)) return SemanticType::name;
  if (header.has(kPerson)) return SemanticType::person;
  if (ratio <= 0.2 && f.distinct <= 1000) return SemanticType::category;
  if (share_of(samples, is_code_like) > 0.9) return SemanticType::code;
  return f.average_length > 30 ? SemanticType::text : SemanticType::name;
}

}  // namespace

bool is_number_type(std::string_view type) {
  return is_integer(type) || type.starts_with("DECIMAL") || type == "DOUBLE" || type == "FLOAT" ||
         type == "BIGNUM" || type == "VARINT";
}

bool is_time_type(std::string_view type) { return type == "DATE" || type.starts_with("TIMESTAMP"); }

bool is_country(std::string_view value, bool codes) {
  static const auto countries = [] {
    std::pair<std::set<std::string>, std::set<std::string>> out;
    for (const char* const* code = uloc_getISOCountries(); *code; ++code) {
      out.second.insert(*code);
      const icu::Locale country("", *code);
      out.first.insert(text::lower_ascii(country.getISO3Country()));
      for (const auto& locale :
           {icu::Locale::getEnglish(), icu::Locale::getGerman(), icu::Locale::getFrench(),
            icu::Locale("es"), icu::Locale::getItalian()}) {
        icu::UnicodeString name;
        country.getDisplayCountry(locale, name);
        std::string utf8;
        name.toUTF8String(utf8);
        out.first.insert(text::lower_ascii(utf8));
      }
    }
    for (const char* other : {"usa",
                              "uk",
                              "us",
                              "u.s.",
                              "u.s.a.",
                              "great britain",
                              "england",
                              "scotland",
                              "united states of america",
                              "korea",
                              "republic of korea",
                              "viet nam",
                              "czech republic",
                              "czechia",
                              "holland",
                              "uae",
                              "ivory coast",
                              "burma",
                              "russian federation",
                              "turkey",
                              "türkiye",
                              "hong kong",
                              "taiwan",
                              "macau",
                              "slovak republic",
                              "swaziland",
                              "macedonia",
                              "congo",
                              "bosnia"}) {
      out.first.insert(other);
    }
    return out;
  }();
  const auto trimmed = text::trim(value);
  if (countries.first.contains(text::lower_ascii(trimmed))) return true;
  return codes && countries.second.contains(std::string(trimmed));
}

std::optional<std::string> unit_in_header(std::string_view original, std::string_view name) {
  static const std::set<std::string, std::less<>> kCurrencies = {
      "EUR", "USD", "GBP", "JPY", "CNY", "INR", "CHF", "AUD", "CAD", "NZD", "SEK", "NOK",
      "DKK", "PLN", "CZK", "HUF", "RON", "BRL", "MXN", "ZAR", "KRW", "SGD", "HKD", "TRY"};
  static const std::set<std::string, std::less<>> kUnits = {
      "kg", "g",    "mg",    "t",       "lb",      "lbs",  "oz",     "km",  "m",   "cm",
      "mm", "mi",   "ft",    "l",       "ml",      "kwh",  "mwh",    "gwh", "kw",  "mw",
      "w",  "v",    "hpa",   "bar",     "psi",     "c",    "f",      "h",   "min", "s",
      "ms", "km/h", "mph",   "m2",      "m²",      "m3",   "ha",     "gb",  "mb",  "kb",
      "°c", "°f",   "hours", "minutes", "seconds", "days", "tonnes", "k"};
  const auto named = [&](std::string_view word, bool bracketed) -> std::optional<std::string> {
    auto trimmed = std::string(text::trim(word));
    if (trimmed == "%" || trimmed == "percent" || trimmed == "pct") return "%";
    if (trimmed == "€") return "EUR";
    if (trimmed == "$" || trimmed == "US$") return "USD";
    if (trimmed == "£") return "GBP";
    std::string upper = trimmed;
    for (char& c : upper) c = c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c;
    if (kCurrencies.contains(upper)) return upper;
    const auto lower = text::lower_ascii(trimmed);
    // One letter is a unit only in brackets.
    if (kUnits.contains(lower) && (bracketed || lower.size() > 1)) return trimmed;
    return std::nullopt;
  };
  const auto open = original.find_first_of("([");
  if (open != original.npos) {
    const auto close = original.find_first_of(")]", open);
    if (close != original.npos) {
      if (auto unit = named(original.substr(open + 1, close - open - 1), true)) return unit;
    }
  }
  for (const std::string_view sign : {"%", "€", "$", "£"}) {
    if (original.find(sign) != original.npos) return named(sign, true);
  }
  const auto last = name.rfind('_');
  if (last != name.npos && last > 0) {
    const auto word = name.substr(last + 1);
    static const std::set<std::string_view> kWordsNotUnits = {"hours", "minutes", "seconds",
                                                              "days",  "min",     "tonnes"};
    if (!kWordsNotUnits.contains(word)) return named(word, false);
  }
  return std::nullopt;
}

catalog::SemanticType semantic_type_of(const ColumnFacts& facts) {
  const Header header(facts);
  if (facts.type == "BOOLEAN") return SemanticType::boolean;
  if (facts.type == "DATE") return SemanticType::date;
  if (facts.type.starts_with("TIMESTAMP")) return SemanticType::timestamp;
  if (facts.type == "JSON") return SemanticType::json;
  if (facts.type == "UUID") return SemanticType::identifier;
  if (is_number_type(facts.type)) {
    return facts.values == 0 ? SemanticType::unknown : of_number(facts, header);
  }
  if (facts.type == "VARCHAR" || facts.type.starts_with("ENUM")) return of_text(facts, header);
  return SemanticType::unknown;
}

}  // namespace sextant::profile
