#include "http/multipart.h"

#include <gtest/gtest.h>

#include <random>

namespace sextant::http {
namespace {

struct Collector : MultipartSink {
  struct Part {
    PartHeader header;
    std::string bytes;
    bool ended = false;
  };
  Result<> begin_part(PartHeader header) override {
    parts.push_back({std::move(header), {}});
    return {};
  }
  Result<> data(std::string_view bytes) override {
    EXPECT_FALSE(bytes.empty());
    parts.back().bytes += bytes;
    return {};
  }
  Result<> end_part() override {
    parts.back().ended = true;
    return {};
  }
  std::vector<Part> parts;
};

std::string body_of(const std::vector<std::string>& contents, std::string_view boundary) {
  std::string body;
  for (const auto& content : contents) {
    body += "--" + std::string(boundary) +
            "\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.csv\"\r\n"
            "Content-Type: text/csv\r\n\r\n" +
            content + "\r\n";
  }
  return body + "--" + std::string(boundary) + "--\r\n";
}

TEST(Multipart, ReadsPartsCutAnywhere) {
  std::mt19937 random(7);
  static constexpr std::string_view kBoundary = "-bound";
  // Contents made of pieces of the delimiter are the hard ones.
  static constexpr std::string_view kPieces[] = {"\r",    "\n",     "-",           "\r\n",
                                                 "\r\n-", "\r\n--", "\r\n---boun", "\r\n---",
                                                 "x",     "bound",  "\r\r\n--"};
  for (int round = 0; round < 3000; ++round) {
    std::vector<std::string> contents(1 + random() % 3);
    for (auto& content : contents) {
      do {
        content.clear();
        for (std::size_t n = random() % 20; n > 0; --n) {
          content += kPieces[random() % std::size(kPieces)];
        }
      } while (("\r\n" + content).find("\r\n---bound") != std::string::npos);
    }
    std::string body = body_of(contents, kBoundary);
    if (random() % 2) body = "preamble\r\n" + body + "epilogue\r\n---bound";
    Collector collector;
    MultipartParser parser(kBoundary, collector);
    for (std::string_view rest = body; !rest.empty();) {
      const std::size_t size = std::min<std::size_t>(rest.size(), 1 + random() % 12);
      ASSERT_TRUE(parser.feed(rest.substr(0, size)));
      rest.remove_prefix(size);
    }
    ASSERT_TRUE(parser.finish());
    ASSERT_EQ(collector.parts.size(), contents.size());
    for (std::size_t i = 0; i < contents.size(); ++i) {
      ASSERT_EQ(collector.parts[i].bytes, contents[i]);
      ASSERT_TRUE(collector.parts[i].ended);
      ASSERT_EQ(collector.parts[i].header.content_type, "text/csv");
    }
  }
}

TEST(Multipart, SurvivesRandomBytes) {
  std::mt19937 random(11);
  const std::string valid = body_of({"a,b\n1,2", "c"}, "b");
  for (int round = 0; round < 20'000; ++round) {
    std::string body = valid;
    for (std::size_t n = 1 + random() % 4; n > 0; --n) {
      body[random() % body.size()] = static_cast<char>(random());
    }
    body.resize(random() % (body.size() + 1));
    Collector collector;
    MultipartParser parser("b", collector);
    const std::size_t cut = body.empty() ? 0 : random() % body.size();
    auto result = parser.feed(std::string_view(body).substr(0, cut));
    if (result) result = parser.feed(std::string_view(body).substr(cut));
    if (result) result = parser.finish();
    if (!result) EXPECT_EQ(result.error().code, ErrorCode::bad_request);
  }
}

TEST(Multipart, RefusesTruncatedAndMalformedBodies) {
  const auto run = [](std::string_view body) {
    Collector collector;
    MultipartParser parser("b", collector);
    auto result = parser.feed(body);
    return result ? parser.finish() : result;
  };
  const std::string valid = body_of({"x"}, "b");
  EXPECT_TRUE(run(valid));
  EXPECT_TRUE(run("--b--"));
  EXPECT_FALSE(run(""));
  EXPECT_FALSE(run(valid.substr(0, valid.size() - 6)));
  EXPECT_FALSE(run("--bx\r\n"));
  EXPECT_FALSE(run("--b\r\nno colon\r\n\r\nx\r\n--b--"));
  EXPECT_FALSE(run("--b\r\nContent-Type: text/csv\r\n\r\nx\r\n--b--"));
  EXPECT_FALSE(run("--b\r\nX: " + std::string(20'000, 'y')));
}

TEST(Multipart, ReadsNames) {
  const auto name = [](std::string_view parameters) {
    auto header =
        parse_part_header("content-disposition: form-data; name=\"f\"; " + std::string(parameters));
    return header && header->filename ? *header->filename : std::string("?");
  };
  EXPECT_EQ(name(R"(filename="a b.csv")"), "a b.csv");
  EXPECT_EQ(name(R"(filename="a;b=c.csv")"), "a;b=c.csv");
  EXPECT_EQ(name(R"(filename=plain.csv)"), "plain.csv");
  EXPECT_EQ(name(R"(filename="say \"hi\".csv")"), "say \"hi\".csv");
  EXPECT_EQ(name(R"(filename="say %22hi%22 100%.csv")"), "say \"hi\" 100%.csv");
  EXPECT_EQ(name(R"(filename="C:\data\a.csv")"), R"(C:\data\a.csv)");
  EXPECT_EQ(name(R"(filename="x"; filename*=UTF-8''na%C3%AFve.csv)"), "naïve.csv");
  EXPECT_EQ(name("filename=\"\xe9t\xe9.csv\""), "été.csv");

  EXPECT_EQ(safe_filename("../../etc/passwd"), "passwd");
  EXPECT_EQ(safe_filename(R"(C:\data\a.csv)"), "a.csv");
  EXPECT_EQ(safe_filename(".."), "upload");
  EXPECT_EQ(safe_filename(std::string("a\0b\n.csv", 8)), "ab.csv");
  const std::string cut = safe_filename(std::string(400, 'a') + "é.xlsx");
  EXPECT_EQ(cut.size(), 255u);
  EXPECT_TRUE(cut.ends_with(".xlsx"));
}

TEST(Multipart, ReadsBoundaries) {
  EXPECT_EQ(multipart_boundary("multipart/form-data; boundary=abc").value(), "abc");
  EXPECT_EQ(multipart_boundary("Multipart/Form-Data; charset=x; boundary=\"a b\"").value(), "a b");
  EXPECT_EQ(multipart_boundary("application/json").error().code, ErrorCode::unsupported_type);
  EXPECT_FALSE(multipart_boundary("multipart/form-data"));
  EXPECT_FALSE(multipart_boundary("multipart/form-data; boundary="));
  EXPECT_FALSE(multipart_boundary("multipart/form-data; boundary=" + std::string(71, 'a')));
}

}  // namespace
}  // namespace sextant::http
