#pragma once
// The learnt weights, packed: id (22 bits) << 10 | weight / kWeightStep + 512. Written by
// tools/learn.

#include <cstdint>
#include <span>

namespace sextant::ask {

inline constexpr float kWeightStep = 1.f / 128;

std::span<const std::uint32_t> shipped_weight_data();

}  // namespace sextant::ask
