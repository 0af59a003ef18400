#pragma once
// Texts as vectors of what they mean, by the model of an endpoint (POST /embeddings). Thread-safe.

#include <chrono>
#include <stop_token>
#include <string>
#include <vector>

#include "base/result.h"
#include "platform/llm/endpoint.h"

namespace sextant::llm {

class Embeddings {
 public:
  Embeddings(Endpoint endpoint, std::string model)
      : endpoint_(std::move(endpoint)), model_(std::move(model)) {}

  // One vector a text, in their order, all of the same length of at most 8,192 numbers. Errors:
  // unavailable, cancelled.
  Result<std::vector<std::vector<float>>> embed(const std::vector<std::string>& texts,
                                                std::chrono::milliseconds timeout,
                                                std::stop_token stop) const;

  const std::string& model() const { return model_; }

 private:
  Endpoint endpoint_;
  std::string model_;
};

}  // namespace sextant::llm
