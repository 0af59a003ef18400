#pragma once
// A delimited file in pieces that several threads look at. One reader; its threads are its own.

#include <atomic>
#include <cstdint>
#include <functional>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

#include "analysis/formats/csv_scan.h"
#include "base/result.h"

namespace sextant::formats {

// A file cut into chunks; chunk i owns the records that start in [start(i), start(i + 1)).
//
// Where a record starts depends on the quotes before it. Either find_quotes() reads the file for
// them first, or for_each() guesses that no chunk starts inside quotes and checks the guess as it
// goes: it holds when each chunk has an even number of quotes.
class Chunks {
 public:
  // `request` outlives this.
  Chunks(const ScanRequest& request, std::stop_token stop);

  std::int64_t count() const { return count_; }
  int threads() const { return threads_; }

  // Finds out which chunks start inside quotes: the parity of the quotes before them. False: there
  // are zero bytes or an odd number of quotes.
  Result<bool> find_quotes();

  // Whether the last for_each() ended early for its guess; find_quotes() is needed then.
  bool guessed_wrong() const { return guessed_wrong_; }

  // work(records, their end, whether it is the file's end, chunk, thread); false stops everything.
  using Work = std::function<bool(const char*, const char*, bool, std::int64_t, int)>;
  Result<bool> for_each(const Work& work);

 private:
  std::int64_t start(std::int64_t i) const;
  bool has_odd_quotes(std::string_view bytes) const;
  std::int64_t boundary(std::string& buffer, std::int64_t from, std::int64_t which,
                        std::int64_t held) const;

  const ScanRequest& request_;
  const InputFile& file_;
  const Dialect& dialect_;
  std::stop_token stop_;
  std::int64_t count_ = 0;
  int threads_ = 1;
  std::vector<std::string> buffers_;  // one per thread
  std::vector<char> odd_;             // per chunk: starts inside quotes
  bool guessing_ = true;
  std::atomic<bool> guessed_wrong_ = false;
};

}  // namespace sextant::formats
