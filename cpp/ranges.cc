#include "ranges.h"

#include <atomic>
#include <cmath>

#include "threads.h"

namespace kernels {
namespace {

// Ors the conditions of a whole piece: leaving at the first wrong value would keep the loop from being vectorised.
template <class T>
bool any_outside(const T* x, std::int64_t size, const Range& range) {
  const T low = static_cast<T>(range.low), high = static_cast<T>(range.high);
  int outside = 0;
  if (range.ends) {
    for (std::int64_t i = 0; i < size; ++i) outside |= (x[i] != low) & (x[i] != high) & (x[i] == x[i]);
    return outside;
  }
  for (std::int64_t i = 0; i < size; ++i) outside |= (x[i] < low) | (x[i] > high);
  const bool no_low = range.strict && std::isfinite(low), no_high = range.strict && std::isfinite(high);
  if (no_low || no_high) {
    for (std::int64_t i = 0; i < size; ++i) outside |= (no_low & (x[i] == low)) | (no_high & (x[i] == high));
  }
  return outside;
}

}  // namespace

bool within(const Operand& array, std::int64_t size, bool wide, const Range& range) {
  if (!range.ends && std::isinf(range.low) && std::isinf(range.high)) return true;
  std::atomic<bool> outside{false};
  parallel_for((size + piece - 1) / piece, [&](std::int64_t i) {
    const std::int64_t begin = i * piece, count = size - begin < piece ? size - begin : piece;
    const bool found = wide ? any_outside(reinterpret_cast<const double*>(array.data) + begin, count, range)
                            : any_outside(reinterpret_cast<const float*>(array.data) + begin, count, range);
    if (found) outside.store(true, std::memory_order_relaxed);
  });
  return !outside;
}

}  // namespace kernels
