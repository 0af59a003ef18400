#pragma once
// One HTTP API of a language model's provider, OpenAI-compatible: JSON in, JSON out.
//
// Redirects are not followed and nothing but http and https is spoken; answers beyond 64 MiB are
// refused. Thread-safe: each call has its own connection.
// Errors: unavailable (no answer in time, an answer that is an error or no JSON; the message names
// the host, never the key), cancelled.

#include <chrono>
#include <stop_token>
#include <string>

#include "base/json.h"
#include "base/result.h"

namespace sextant::llm {

class Endpoint {
 public:
  // `url` like http://localhost:11434/v1. Error: invalid_fields.
  static Result<Endpoint> create(std::string url, std::string api_key);

  // POST <url>/<path>.
  Result<json::Value> post(const std::string& path, const json::Value& body,
                           std::chrono::milliseconds timeout, std::stop_token stop) const;

  const std::string& host() const { return host_; }

 private:
  Endpoint() = default;
  std::string url_;
  std::string host_;
  std::string api_key_;
};

}  // namespace sextant::llm
