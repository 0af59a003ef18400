#include "analysis/formats/names.h"

#include <gtest/gtest.h>

namespace sextant::formats {
namespace {

TEST(CommonTitle, HoldsWholeWordsAndNumbers) {
  EXPECT_EQ(common_title({"sales_2024_09.xlsx", "sales_2024_10.xlsx"}), "sales_2024");
  EXPECT_EQ(common_title({"sales_2023.csv", "sales_2024.csv"}), "sales");
  EXPECT_EQ(common_title({"Report North.csv", "Report Northeast.csv"}), "Report");
  EXPECT_EQ(common_title({"Größe 1.csv", "Größe 2.csv"}), "Größe");
  EXPECT_EQ(common_title({"jan.csv", "jun.csv"}), "");
  EXPECT_EQ(common_title({"north.csv", "northeast.csv"}), "");
  EXPECT_EQ(common_title({}), "");
}

}  // namespace
}  // namespace sextant::formats
