#include <bit>
#include <vector>

#include "analysis/ask/ranking/features.h"
#include "analysis/ask/ranking/weights_data.h"

namespace sextant::ask {

namespace {

// Open addressing over the shipped pairs: small enough to stay in the processor's cache.
class ShippedWeights final : public Weights {
 public:
  ShippedWeights() {
    const std::span<const std::uint32_t> packed = shipped_weight_data();
    slots_.assign(std::bit_ceil(packed.size() * 2 + 2), {kEmpty, 0.f});
    for (const std::uint32_t entry : packed) {
      const std::uint32_t id = entry >> 10;
      const float weight = (static_cast<float>(entry & 1023u) - 512.f) * kWeightStep;
      std::size_t at = id * 0x9E3779B1u & (slots_.size() - 1);
      while (slots_[at].id != kEmpty) at = (at + 1) & (slots_.size() - 1);
      slots_[at] = {id, weight};
    }
  }
  float at(std::uint32_t id) const override {
    std::size_t at = id * 0x9E3779B1u & (slots_.size() - 1);
    while (slots_[at].id != kEmpty) {
      if (slots_[at].id == id) return slots_[at].weight;
      at = (at + 1) & (slots_.size() - 1);
    }
    return 0.f;
  }

 private:
  static constexpr std::uint32_t kEmpty = ~0u;
  struct Slot {
    std::uint32_t id;
    float weight;
  };
  std::vector<Slot> slots_;
};

}  // namespace

const Weights& shipped_weights() {
  static const ShippedWeights weights;
  return weights;
}

}  // namespace sextant::ask
