#include "http/static_files.h"

#include <gtest/gtest.h>

#include <fstream>

#include "http/compress.h"
#include "http/test_client.h"

namespace sextant::http {
namespace {

void write_file(const std::filesystem::path& path, std::string_view bytes) {
  std::filesystem::create_directories(path.parent_path());
  std::ofstream(path, std::ios::binary) << bytes;
}

TEST(StaticFiles, LoadsAndCompresses) {
  const testing::TempFolder folder;
  write_file(folder.path() / "index.html", "<html></html>");
  write_file(folder.path() / "assets/app-0123abcd.js", std::string(10'000, 'a'));
  write_file(folder.path() / "assets/app-0123abcd.js.br", "made by the build");
  write_file(folder.path() / "logo.png", std::string(10'000, 'a'));
  StaticFiles files;
  ASSERT_TRUE(files.load(folder.path()));
  const Asset* script = files.find("/assets/app-0123abcd.js");
  ASSERT_TRUE(script);
  EXPECT_TRUE(script->immutable);
  EXPECT_EQ(*script->brotli.get(), "made by the build");
  testing::eventually([&] { return script->gzip.get() != nullptr; });
  EXPECT_LT(script->gzip.get()->size(), 200u);
  EXPECT_FALSE(files.find("/logo.png")->gzip.get());
  EXPECT_FALSE(files.exact("/assets/app-0123abcd.js.br"));
  EXPECT_EQ(files.find("/any/page"), files.exact("/"));
  EXPECT_FALSE(files.find("/any/page.css"));
}

TEST(StaticFiles, SaysWhenThePageIsNotBuilt) {
  const testing::TempFolder folder;
  StaticFiles files;
  EXPECT_FALSE(files.load(folder.path()));
  EXPECT_FALSE(files.load(folder.path() / "missing"));
}

TEST(Compress, ReadsAcceptEncoding) {
  EXPECT_TRUE(accepts_encoding("gzip, deflate, br", "br"));
  EXPECT_TRUE(accepts_encoding("GZIP;q=0.5", "gzip"));
  EXPECT_FALSE(accepts_encoding("gzip;q=0, br", "gzip"));
  EXPECT_FALSE(accepts_encoding("gzip;q=0.000", "gzip"));
  EXPECT_FALSE(accepts_encoding("", "gzip"));
}

}  // namespace
}  // namespace sextant::http
