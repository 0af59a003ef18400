#include "platform/queries/redis_cache.h"

#include <arpa/inet.h>
#include <fcntl.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <signal.h>
#include <spawn.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <functional>

#include "base/json.h"

extern char** environ;

namespace sextant::queries {
namespace {

using std::chrono::milliseconds;
using Clock = std::chrono::steady_clock;

constexpr const char* kPassword = "p@ss word";
constexpr const char* kQuotedPassword = "p%40ss%20word";

// A socket that listens at a free port and never answers.
struct Deaf {
  Deaf() : socket(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    EXPECT_EQ(::bind(socket, reinterpret_cast<sockaddr*>(&address), sizeof address), 0);
    EXPECT_EQ(::listen(socket, 8), 0);
    socklen_t size = sizeof address;
    ::getsockname(socket, reinterpret_cast<sockaddr*>(&address), &size);
    port = std::to_string(ntohs(address.sin_port));
  }
  ~Deaf() { ::close(socket); }
  int socket;
  std::string port;
};

std::string free_port() { return Deaf().port; }

bool soon(const std::function<bool()>& holds, milliseconds patience = milliseconds(15'000)) {
  const auto end = Clock::now() + patience;
  while (!holds()) {
    if (Clock::now() > end) return false;
    std::this_thread::sleep_for(milliseconds(5));
  }
  return true;
}

// A real Redis of its own, at a private port, that keeps nothing.
class Server {
 public:
  explicit Server(std::string port, const std::vector<std::string>& more = {})
      : port_(std::move(port)) {
    std::vector<std::string> words{"redis-server",
                                   "--port",
                                   port_,
                                   "--bind",
                                   "127.0.0.1",
                                   "--save",
                                   "",
                                   "--appendonly",
                                   "no",
                                   "--requirepass",
                                   kPassword,
                                   "--dir",
                                   std::filesystem::temp_directory_path().string(),
                                   "--logfile",
                                   "/dev/null"};
    words.insert(words.end(), more.begin(), more.end());
    std::vector<char*> arguments;
    for (auto& word : words) arguments.push_back(word.data());
    arguments.push_back(nullptr);
    const bool spawned =
        ::posix_spawnp(&process_, "redis-server", nullptr, nullptr, arguments.data(), environ) == 0;
    started_ =
        spawned && soon([&] {
          return RedisConnection::open(address(), Clock::now() + milliseconds(500)).has_value();
        });
  }
  ~Server() {
    if (process_ <= 0) return;
    ::kill(process_, SIGCONT);
    ::kill(process_, SIGKILL);
    ::waitpid(process_, nullptr, 0);
  }
  bool started() const { return started_; }
  void send_signal(int signal) const { ::kill(process_, signal); }
  RedisAddress address() const {
    return *parse_redis_url("redis://:" + std::string(kQuotedPassword) + "@127.0.0.1:" + port_ +
                            "/2");
  }

 private:
  std::string port_;
  pid_t process_ = 0;
  bool started_ = false;
};

CachedResult answer(std::string rows = "[1,\"a\"],[2,\"b\\n\"]") {
  CachedResult out;
  out.head.columns = {{"n", "BIGINT"}, {"t", "VARCHAR"}};
  out.head.row_count = 2;
  out.head.tables = {"sales"};
  out.suggested_chart.title = "Sales";
  out.rows = std::move(rows);
  out.versions_read = {{"source", 3}};
  return out;
}

catalog::Catalog catalog_of(std::int64_t version) {
  catalog::Catalog out;
  out.sources = {{.source_id = "source", .source_name = "", .version = version}};
  return out;
}

TEST(RedisUrl, NamesItsParts) {
  const auto plain = parse_redis_url("redis://localhost");
  ASSERT_TRUE(plain);
  EXPECT_EQ(plain->host, "localhost");
  EXPECT_EQ(plain->port, "6379");
  EXPECT_FALSE(plain->tls);
  const auto full = parse_redis_url("rediss://ada:a%3Ab@[::1]:7000/4");
  ASSERT_TRUE(full);
  EXPECT_EQ(full->host, "::1");
  EXPECT_EQ(full->port, "7000");
  EXPECT_EQ(full->user, "ada");
  EXPECT_EQ(full->password, "a:b");
  EXPECT_EQ(full->database, "4");
  EXPECT_TRUE(full->tls);
  for (const char* wrong : {"localhost:6379", "http://localhost", "redis://", "redis://h:99999999",
                            "redis://h/first", "redis://:secret word@h"}) {
    const auto refused = parse_redis_url(wrong);
    ASSERT_FALSE(refused) << wrong;
    EXPECT_EQ(json::dump(refused.error().detail).find("secret"), std::string::npos);
  }
}

TEST(RedisValue, ComesBackAsItWas) {
  const auto back = read_result(written_result(answer()));
  ASSERT_TRUE(back);
  EXPECT_EQ(back->rows, answer().rows);
  EXPECT_EQ(back->head.columns[1].type, "VARCHAR");
  EXPECT_EQ(back->suggested_chart.title, "Sales");
  EXPECT_EQ(back->versions_read.at("source"), 3);
  for (const char* wrong : {"", "{}", "no json\n[1]", "[]\n[1]"}) {
    EXPECT_FALSE(read_result(wrong)) << wrong;
  }
}

// Certificates made for the test; the TLS library is told to trust two of them, before it is first
// used in this process.
class Certificates {
 public:
  Certificates() : folder_(std::filesystem::temp_directory_path() / ("redis-tls-" + free_port())) {
    std::filesystem::create_directories(folder_);
    made_ = make("trusted", "DNS:localhost,IP:127.0.0.1") && make("elsewhere", "DNS:elsewhere") &&
            make("other", "DNS:localhost");
    std::ofstream trusted(trusted_ones());
    for (const char* name : {"trusted", "elsewhere"}) {
      trusted << std::ifstream(certificate(name)).rdbuf();
    }
  }
  ~Certificates() { std::filesystem::remove_all(folder_); }
  bool made() const { return made_; }
  std::string trusted_ones() const { return folder_ / "trusted.pems"; }
  std::string certificate(const std::string& name) const { return folder_ / (name + ".pem"); }
  std::string key(const std::string& name) const { return folder_ / (name + ".key"); }

 private:
  bool make(const std::string& name, const std::string& places) const {
    const std::string command =
        "openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2 -subj "
        "/CN=" +
        name + " -addext subjectAltName=" + places + " -keyout '" + key(name) + "' -out '" +
        certificate(name) + "' 2>/dev/null";
    return std::system(command.c_str()) == 0;
  }
  std::filesystem::path folder_;
  bool made_ = false;
};

TEST(RedisTls, AnswersComeOverItWhenTheCertificateCounts) {
  const Certificates certificates;
  if (!certificates.made()) GTEST_SKIP() << "openssl makes no certificate here";
  ::setenv("SSL_CERT_FILE", certificates.trusted_ones().c_str(), 1);
  const auto tls = [&](const std::string& port, const std::string& name) {
    return std::vector<std::string>{"--tls-port",         port,
                                    "--tls-cert-file",    certificates.certificate(name),
                                    "--tls-key-file",     certificates.key(name),
                                    "--tls-auth-clients", "no"};
  };
  const auto address = [](const std::string& host, const std::string& port) {
    return *parse_redis_url("rediss://:" + std::string(kQuotedPassword) + "@" + host + ":" + port);
  };
  const std::string port = free_port();
  Server redis(free_port(), tls(port, "trusted"));
  ASSERT_TRUE(redis.started());
  RedisCache one(address("localhost", port)), other(address("127.0.0.1", port));
  ASSERT_TRUE(soon([&] { return one.stats().connected && other.stats().connected; }));
  const std::string rows(200'000, '7');  // many records of TLS
  one.put("key", answer(rows));
  ASSERT_TRUE(soon([&] { return one.stats().written == 1; }));
  SharedResult found;
  ASSERT_TRUE(soon([&] { return (found = other.find("key", catalog_of(3))) != nullptr; }));
  EXPECT_EQ(found->rows, rows);

  for (const auto& [name, why] : {std::pair("other", "self-signed"), {"elsewhere", "mismatch"}}) {
    const std::string wrong = free_port();
    Server stranger(free_port(), tls(wrong, name));
    ASSERT_TRUE(stranger.started());
    const auto refused =
        RedisConnection::open(address("localhost", wrong), Clock::now() + milliseconds(5000));
    ASSERT_FALSE(refused) << name;
    EXPECT_THAT(refused.error().message, ::testing::HasSubstr(why));
  }
}

TEST(RedisCache, GivesAnswersToAnotherServerWhileTheirDataIsTheSame) {
  Server redis(free_port());
  ASSERT_TRUE(redis.started());
  RedisCache one(redis.address()), other(redis.address());
  ASSERT_TRUE(soon([&] { return one.stats().connected && other.stats().connected; }));
  EXPECT_FALSE(other.find("key", catalog_of(3)));
  one.put("key", answer());
  ASSERT_TRUE(soon([&] { return one.stats().written == 1; }));
  // On a machine under load an answer may miss its deadline, and Redis is left alone for a while.
  SharedResult found;
  ASSERT_TRUE(soon([&] { return (found = other.find("key", catalog_of(3))) != nullptr; }));
  EXPECT_EQ(found->rows, answer().rows);
  EXPECT_FALSE(other.find("key", catalog_of(4)));  // the source has a new version
  EXPECT_FALSE(other.find("key", {}));             // or is not there for this reader
  EXPECT_FALSE(other.find("another key", catalog_of(3)));
  EXPECT_EQ(other.stats().hits, 1);
  one.put("large", answer(std::string(RedisCache::kMaxEntryBytes, 'x')));
  EXPECT_EQ(one.stats().dropped, 1);
}

TEST(RedisCache, NobodyWaitsForOneThatHangs) {
  Server redis(free_port());
  ASSERT_TRUE(redis.started());
  RedisCache cache(redis.address());
  ASSERT_TRUE(soon([&] { return cache.stats().connected; }));
  const auto failures = cache.stats().failures;
  redis.send_signal(SIGSTOP);
  const auto begun = Clock::now();
  EXPECT_FALSE(cache.find("key", catalog_of(3)));
  const auto first = Clock::now() - begun;
  EXPECT_GE(first, RedisCache::kPatience);
  EXPECT_LT(first, RedisCache::kPatience + milliseconds(500));  // of a machine under load
  // From now on it is left alone.
  const auto again = Clock::now();
  for (int i = 0; i < 100; ++i) EXPECT_FALSE(cache.find("key", catalog_of(3)));
  EXPECT_LT(Clock::now() - again, 100 * RedisCache::kPatience / 2);
  EXPECT_EQ(cache.stats().failures, failures + 1);
  EXPECT_FALSE(cache.stats().connected);
  cache.put("key", answer());
  EXPECT_EQ(cache.stats().dropped, 1);
  // It is used again when it answers again.
  redis.send_signal(SIGCONT);
  EXPECT_TRUE(soon([&] {
    cache.find("key", catalog_of(3));
    return cache.stats().connected;
  }));
}

TEST(RedisCache, EndsAtOnceBesideOneThatHangs) {
  Server redis(free_port());
  ASSERT_TRUE(redis.started());
  auto cache = std::make_unique<RedisCache>(redis.address());
  ASSERT_TRUE(soon([&] { return cache->stats().connected; }));
  redis.send_signal(SIGSTOP);
  cache->put("key", answer());  // is being written
  std::this_thread::sleep_for(milliseconds(20));
  const auto begun = Clock::now();
  cache.reset();
  EXPECT_LT(Clock::now() - begun, milliseconds(1000));
  const Deaf deaf;
  auto waiting = std::make_unique<RedisCache>(*parse_redis_url("redis://127.0.0.1:" + deaf.port));
  std::this_thread::sleep_for(milliseconds(20));
  const auto again = Clock::now();
  waiting.reset();
  EXPECT_LT(Clock::now() - again, milliseconds(1000));
}

TEST(RedisCache, DoesWithoutOneThatIsNotThere) {
  {
    RedisCache nobody(*parse_redis_url("redis://127.0.0.1:" + free_port()));
    EXPECT_FALSE(nobody.find("key", catalog_of(3)));
    EXPECT_TRUE(soon([&] { return nobody.stats().failures > 0; }));
  }
  {
    Server redis(free_port());
    auto address = redis.address();
    address.password = "wrong";
    ASSERT_TRUE(redis.started());
    const auto refused = RedisConnection::open(address, Clock::now() + milliseconds(500));
    ASSERT_FALSE(refused);
    EXPECT_THAT(refused.error().message, ::testing::HasSubstr("WRONGPASS"));
    // It speaks no TLS.
    address.tls = true;
    EXPECT_FALSE(RedisConnection::open(address, Clock::now() + milliseconds(500)));
  }
  const Deaf deaf;
  const auto begun = Clock::now();
  EXPECT_FALSE(RedisConnection::open(*parse_redis_url("redis://127.0.0.1:" + deaf.port),
                                     begun + milliseconds(50)));
  EXPECT_LT(Clock::now() - begun, milliseconds(550));
}

}  // namespace
}  // namespace sextant::queries
