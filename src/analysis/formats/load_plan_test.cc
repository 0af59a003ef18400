// Files read as their user wants them, several files as one table, and steps afterwards.
#include <gtest/gtest.h>
#include <stdlib.h>

#include <filesystem>
#include <fstream>

#include "analysis/engine/duckdb.h"
#include "analysis/formats/load.h"
#include "base/text.h"

namespace sextant::formats {
namespace {

namespace fs = std::filesystem;

class LoadPlan : public testing::Test {
 protected:
  void SetUp() override {
    std::string pattern = (fs::temp_directory_path() / "sextant_plan_XXXXXX").string();
    folder_ = ::mkdtemp(pattern.data());
    fs::create_directories(folder_ / "tmp");
  }
  void TearDown() override { fs::remove_all(folder_); }

  std::string write(const std::string& name, const std::string& content) const {
    const auto path = folder_ / name;
    std::ofstream(path, std::ios::binary) << content;
    return path.string();
  }

  wire::LoadRequest request(const std::string& name, const std::string& content) const {
    return {write(name, content), name, (folder_ / "out.duckdb").string(), {}};
  }

  Result<wire::LoadReply> load(const wire::LoadRequest& request) const {
    fs::remove(request.output);
    LoadOptions options;
    options.memory_limit = 256 << 20;
    options.temp_directory = (folder_ / "tmp").string();
    auto reply = load_file(request, options, {}, {});
    EXPECT_TRUE(fs::is_empty(folder_ / "tmp")) << "left behind";
    return reply;
  }

  // The rows of a query, as "a|b;c|d".
  std::string rows(const std::string& sql) const {
    const auto database =
        engine::Database::open((folder_ / "out.duckdb").string(), {.read_only = true});
    if (!database) return database.error().message;
    auto connection = database->connect();
    const auto result = connection->query(sql);
    if (!result) return result.error().message;
    std::string out;
    for (std::int64_t r = 0; r < result->rows(); ++r) {
      if (r > 0) out += ';';
      for (std::int64_t c = 0; c < result->columns(); ++c)
        out += (c ? "|" : "") + (result->is_null(r, c) ? "NULL" : result->text(r, c));
    }
    return out;
  }

  static catalog::LoadPlan choose(catalog::ColumnChoice choice) {
    catalog::LoadPlan plan;
    plan.tables.emplace();
    plan.tables->push_back({"", {}, {}, std::vector{std::move(choice)}});
    return plan;
  }

  fs::path folder_;
};

struct Chosen {
  const char* cells;  // one a line
  catalog::ColumnChoice choice;
  const char* type;
  const char* values;  // as rows() gives them
};

// In the test's name.
void PrintTo(const Chosen& chosen, std::ostream* out) {
  *out << chosen.type << " of " << text::split(chosen.cells, '\n').front();
}

class ChosenColumn : public LoadPlan, public testing::WithParamInterface<Chosen> {};

TEST_P(ChosenColumn, HoldsExactlyWhatFits) {
  const auto& param = GetParam();
  auto wanted = request("t.csv", "x;n\n" + std::string(param.cells));
  wanted.plan = choose(param.choice);
  wanted.plan.delimiter = ";";
  const auto reply = load(wanted);
  ASSERT_TRUE(reply) << reply.error().message;
  EXPECT_EQ(reply->tables[0].columns[0].type, param.type);
  EXPECT_EQ(rows("SELECT x FROM t ORDER BY n"), param.values);
  // What is no value in the table is in the quarantine, or was empty.
  const auto nulls = rows("SELECT count(*) - count(x) FROM t");
  const auto aside = std::to_string(reply->report.tables[0].quarantined);
  if (!param.choice.missing_values) EXPECT_EQ(nulls, aside);
}

catalog::ColumnChoice typed(const char* type) {
  catalog::ColumnChoice choice;
  choice.column = "x";
  choice.type = type;
  return choice;
}
catalog::ColumnChoice formatted(const char* type, const char* format) {
  auto choice = typed(type);
  choice.date_format = format;
  return choice;
}
catalog::ColumnChoice marked(const char* mark) {
  catalog::ColumnChoice choice;
  choice.column = "x";
  choice.decimal_mark = mark;
  return choice;
}
catalog::ColumnChoice missing(std::vector<std::string> words) {
  catalog::ColumnChoice choice;
  choice.column = "x";
  choice.missing_values = std::move(words);
  return choice;
}

INSTANTIATE_TEST_SUITE_P(
    Formats, ChosenColumn,
    testing::Values(
        Chosen{"007;1\n9223372036854775807;2\n9223372036854775808;3\n1.5;4\n2.0;5\n",
               typed("BIGINT"), "BIGINT", "7;9223372036854775807;NULL;NULL;2"},
        Chosen{"1.25;1\n1.255;2\n99999999.5;3\n-0.1;4\n", typed("DECIMAL(6,2)"), "DECIMAL(6,2)",
               "1.25;NULL;NULL;-0.10"},
        Chosen{"yes;1\nNo;2\n1;3\nmaybe;4\n", typed("BOOLEAN"), "BOOLEAN", "true;false;true;NULL"},
        Chosen{"31.12.24;1\n29.02.23;2\n", formatted("DATE", "%d.%m.%y"), "DATE",
               "2024-12-31;NULL"},
        Chosen{"20240131;1\n20241301;2\n", formatted("DATE", "%Y%m%d"), "DATE", "2024-01-31;NULL"},
        Chosen{"2024-01-31 00:00:00;1\n2024-01-31 10:00:00;2\n", typed("DATE"), "DATE",
               "2024-01-31;NULL"},
        Chosen{"1.234;1\n2.5;2\n", marked(","), "BIGINT", "1234;NULL"},
        Chosen{"1,5;1\n2.000,25;2\n", marked(","), "DECIMAL(18,2)", "1.50;2000.25"},
        Chosen{"12;1\nNA;2\n-1;3\n", missing({"-1"}), "VARCHAR", "12;NA;NULL"},
        Chosen{"12;1\nk.A.;2\n", missing({"k.A."}), "BIGINT", "12;NULL"},
        Chosen{"12;1\n13;2\n", typed("VARCHAR"), "VARCHAR", "12;13"}));

TEST_F(LoadPlan, EveryCellAsText) {
  auto wanted = request("t.csv", "a,b\n007,NA\n\"1,5\",x\n");
  wanted.as_text = true;
  ASSERT_TRUE(load(wanted));
  EXPECT_EQ(rows("SELECT * FROM t"), "007|NA;1,5|x");
}

TEST_F(LoadPlan, AHeaderRowBeyondTheFileIsSaid) {
  auto wanted = request("t.csv", "a,b\n1,2\n");
  wanted.plan.tables.emplace();
  wanted.plan.tables->push_back({"", 9, {}, {}});
  const auto reply = load(wanted);
  ASSERT_FALSE(reply);
  EXPECT_NE(reply.error().message.find("Line 9"), std::string::npos) << reply.error().message;
}

TEST_F(LoadPlan, FilesBelowEachOtherKeepEveryValue) {
  auto wanted = request("a.csv", "day,n,only_a\n2024-01-01,1,x\n2024-01-02,,y\n");
  wanted.more.push_back({write("b.csv", "n,day,only_b\n2.25,2024-02-01 10:30:00,z\n"), "b.csv"});
  wanted.file_name_column = true;
  const auto reply = load(wanted);
  ASSERT_TRUE(reply) << reply.error().message;
  EXPECT_EQ(reply->tables[0].rows, 3);
  EXPECT_EQ(
      rows("SELECT file_name, day::DATE, n, only_a, only_b FROM a"),
      "a.csv|2024-01-01|1.00|x|NULL;a.csv|2024-01-02|NULL|y|NULL;b.csv|2024-02-01|2.25|NULL|z");
}

TEST_F(LoadPlan, CurrenciesOfSeveralFilesAreNotMixed) {
  auto wanted = request("a.csv", "price;n\n12,50 €;1\n3,00 €;2\n");
  wanted.more.push_back({write("b.csv", "price;n\n$4.00;3\n$5.00;4\n"), "b.csv"});
  const auto reply = load(wanted);
  ASSERT_TRUE(reply) << reply.error().message;
  EXPECT_EQ(rows("SELECT price FROM a ORDER BY n"), "12,50 €;3,00 €;$4.00;$5.00");
}

TEST_F(LoadPlan, TablesKeepTheirNames) {
  auto wanted = request("Sales 2025.csv", "a,b\n1,2\n");
  wanted.known_names = {{"", "sales_2024"}};
  const auto reply = load(wanted);
  ASSERT_TRUE(reply) << reply.error().message;
  EXPECT_EQ(reply->tables[0].name, "sales_2024");
}

TEST_F(LoadPlan, StepsStandOnEachOther) {
  auto wanted = request("t.csv", "a,b\n x  y ,1\nz,2\nz,2\n");
  catalog::Step trim;
  trim.kind = catalog::StepKind::trim;
  trim.table = "t";
  catalog::Step rename;
  rename.kind = catalog::StepKind::rename;
  rename.table = "t";
  rename.column = "a";
  rename.name = "First Name";
  catalog::Step unique;
  unique.kind = catalog::StepKind::remove_duplicates;
  unique.table = "t";
  catalog::Step compute;
  compute.kind = catalog::StepKind::compute;
  compute.table = "t";
  compute.name = "Shout";
  compute.expression = "upper(first_name) || b";
  wanted.steps = {trim, rename, unique, compute};
  const auto reply = load(wanted);
  ASSERT_TRUE(reply) << reply.error().message;
  EXPECT_EQ(rows("SELECT first_name, shout FROM t"), "x y|X Y1;z|Z2");
  EXPECT_EQ(reply->steps[2].rows_removed, 1);
  EXPECT_EQ(reply->tables[0].rows, 2);
  EXPECT_EQ(rows("SELECT string_agg(column_name, ',') FROM _columns"), "first_name,b,shout");
}

TEST_F(LoadPlan, AStepThatCannotBeDoneNamesItself) {
  auto wanted = request("t.csv", "a,b\nx,1\n");
  catalog::Step step;
  step.kind = catalog::StepKind::hide;
  step.table = "t";
  step.columns = std::vector<std::string>{"c"};
  wanted.steps = {step};
  const auto reply = load(wanted);
  ASSERT_FALSE(reply);
  EXPECT_EQ(reply.error().message, "Step 1 (hide on t): there is no column “c”");
  EXPECT_FALSE(fs::exists(wanted.output));
}

}  // namespace
}  // namespace sextant::formats
