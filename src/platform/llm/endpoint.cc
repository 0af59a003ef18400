#include "platform/llm/endpoint.h"

#include <curl/curl.h>
#include <fmt/format.h>

#include <memory>

#include "base/text.h"

namespace sextant::llm {
namespace {

constexpr std::size_t kLongestAnswer = 64 << 20;  // bytes
constexpr long kConnectMilliseconds = 5'000;
constexpr std::size_t kShownOfAnError = 200;  // bytes of the provider's own words

struct EasyFree {
  void operator()(CURL* handle) const { curl_easy_cleanup(handle); }
};
struct ListFree {
  void operator()(curl_slist* list) const { curl_slist_free_all(list); }
};
struct UrlFree {
  void operator()(CURLU* url) const { curl_url_cleanup(url); }
};

// libcurl wants to be told once, before other threads use it.
void initialise() {
  static const auto done = curl_global_init(CURL_GLOBAL_DEFAULT);
  (void)done;
}

std::size_t append(char* data, std::size_t, std::size_t size, void* to) {
  auto& out = *static_cast<std::string*>(to);
  if (out.size() + size > kLongestAnswer) return 0;
  out.append(data, size);
  return size;
}

int should_stop(void* token, curl_off_t, curl_off_t, curl_off_t, curl_off_t) {
  return static_cast<std::stop_token*>(token)->stop_requested() ? 1 : 0;
}

// The words of an error as providers send it: {"error": {"message"}} or {"error": "…"}.
std::string words_of_error(const std::string& answer) {
  if (const auto parsed = json::parse(answer); parsed && parsed->is_object()) {
    if (const auto* error = parsed->get_object().if_contains("error")) {
      if (error->is_string()) return std::string(error->get_string());
      if (error->is_object()) {
        const auto* message = error->get_object().if_contains("message");
        if (message && message->is_string()) return std::string(message->get_string());
      }
    }
  }
  return {};
}

}  // namespace

Result<Endpoint> Endpoint::create(std::string url, std::string api_key) {
  while (url.ends_with('/')) url.pop_back();
  const auto wrong = [&] {
    return fail(ErrorCode::invalid_fields, fmt::format("“{}” is not an address of an API.", url),
                "Write it like http://localhost:11434/v1.");
  };
  if (!url.starts_with("http://") && !url.starts_with("https://")) return wrong();
  initialise();
  const std::unique_ptr<CURLU, UrlFree> parsed(curl_url());
  char* host = nullptr;
  if (!parsed || curl_url_set(parsed.get(), CURLUPART_URL, url.c_str(), 0) != CURLUE_OK ||
      curl_url_get(parsed.get(), CURLUPART_HOST, &host, 0) != CURLUE_OK) {
    return wrong();
  }
  Endpoint out;
  out.host_ = host;
  curl_free(host);
  out.url_ = std::move(url);
  out.api_key_ = std::move(api_key);
  return out;
}

Result<json::Value> Endpoint::post(const std::string& path, const json::Value& body,
                                   std::chrono::milliseconds timeout, std::stop_token stop) const {
  const std::unique_ptr<CURL, EasyFree> handle(curl_easy_init());
  if (!handle) return fail(ErrorCode::internal, "An HTTP request could not be made.");
  std::unique_ptr<curl_slist, ListFree> headers;
  const auto header = [&](const std::string& line) {
    auto* first = curl_slist_append(headers.get(), line.c_str());
    if (!headers) headers.reset(first);
  };
  header("Content-Type: application/json");
  header("Expect:");
  if (!api_key_.empty()) header("Authorization: Bearer " + api_key_);
  const auto url = url_ + "/" + path;
  const auto sent = json::dump(body);
  std::string answer;
  auto* curl = handle.get();
  curl_easy_setopt(curl, CURLOPT_URL, url.c_str());
  curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR, "http,https");
  curl_easy_setopt(curl, CURLOPT_HTTPHEADER, headers.get());
  curl_easy_setopt(curl, CURLOPT_POSTFIELDS, sent.data());
  curl_easy_setopt(curl, CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(sent.size()));
  curl_easy_setopt(curl, CURLOPT_TIMEOUT_MS, static_cast<long>(timeout.count()));
  curl_easy_setopt(curl, CURLOPT_CONNECTTIMEOUT_MS, kConnectMilliseconds);
  curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
  curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, append);
  curl_easy_setopt(curl, CURLOPT_WRITEDATA, &answer);
  curl_easy_setopt(curl, CURLOPT_NOPROGRESS, 0L);
  curl_easy_setopt(curl, CURLOPT_XFERINFOFUNCTION, should_stop);
  curl_easy_setopt(curl, CURLOPT_XFERINFODATA, &stop);
  const auto done = curl_easy_perform(curl);
  if (done == CURLE_ABORTED_BY_CALLBACK) return fail(ErrorCode::cancelled, "It was cancelled.");
  if (done != CURLE_OK) {
    return fail(ErrorCode::unavailable,
                fmt::format("{} did not answer: {}.", host_, curl_easy_strerror(done)),
                "See whether it runs and is reached from this server.");
  }
  long status = 0;
  curl_easy_getinfo(curl, CURLINFO_RESPONSE_CODE, &status);
  if (status != 200) {
    const auto words = words_of_error(answer);
    return fail(
        ErrorCode::unavailable,
        fmt::format("{} answered with status {}{}{}", host_, status, words.empty() ? "." : ": ",
                    text::truncate_utf8(words, kShownOfAnError)),
        "See the address, the model and the key in the settings.");
  }
  auto parsed = json::parse(answer);
  if (!parsed) {
    return fail(ErrorCode::unavailable, fmt::format("{} did not answer with JSON.", host_),
                "See the address in the settings.");
  }
  return parsed;
}

}  // namespace sextant::llm
