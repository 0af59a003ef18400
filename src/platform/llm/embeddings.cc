#include "platform/llm/embeddings.h"

#include <boost/describe.hpp>
#include <cmath>

namespace sextant::llm {
namespace {

constexpr std::size_t kMostDimensions = 8'192;

struct Request {
  std::string model;
  std::vector<std::string> input;
};
BOOST_DESCRIBE_STRUCT(Request, (), (model, input))

struct Embedding {
  std::int64_t index = 0;
  std::vector<double> embedding;
};
BOOST_DESCRIBE_STRUCT(Embedding, (), (index, embedding))

struct Reply {
  std::vector<Embedding> data;
};
BOOST_DESCRIBE_STRUCT(Reply, (), (data))

}  // namespace

Result<std::vector<std::vector<float>>> Embeddings::embed(const std::vector<std::string>& texts,
                                                          std::chrono::milliseconds timeout,
                                                          std::stop_token stop) const {
  TRY(const auto body, endpoint_.post("embeddings", json::to_value(Request{model_, texts}), timeout,
                                      std::move(stop)));
  const auto wrong = [&](const char* how) {
    return fail(ErrorCode::unavailable,
                endpoint_.host() + " did not answer with embeddings: " + how + ".",
                "See whether EMBEDDINGS_MODEL names a model for embeddings.");
  };
  auto reply = json::from_value<Reply>(body, json::Missing::is_error);
  if (!reply) return wrong("the reply has no list of vectors");
  std::vector<std::vector<float>> out(texts.size());
  for (const auto& one : reply->data) {
    if (one.index < 0 || one.index >= std::ssize(out)) return wrong("an index that was not sent");
    auto& vector = out[static_cast<std::size_t>(one.index)];
    if (one.embedding.empty() || one.embedding.size() > kMostDimensions)
      return wrong("a vector of no use");
    vector.assign(one.embedding.begin(), one.embedding.end());
  }
  for (const auto& vector : out) {
    if (vector.empty()) return wrong("a vector is missing");
    if (vector.size() != out[0].size()) return wrong("vectors of different lengths");
    for (const float x : vector) {
      if (!std::isfinite(x)) return wrong("a number that is none");
    }
  }
  return out;
}

}  // namespace sextant::llm
