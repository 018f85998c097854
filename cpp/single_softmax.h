// softmax of long float rows in float32 arithmetic (single_rows.h).
//
// Three rows are under way at once: of one the largest entry is looked for, of the one before exponentials are taken, and
// the one before that is written. Memory is read and written at an even pace while the processor computes.
#pragma once

#include "single_rows.h"

namespace slopes::detail {

/// Where results go, a block after the other: in place, or in whole lines past the caches.
class SingleResults {
 public:
  SingleResults(float* out, bool stream) : out_(out), stream_(stream) {
    if (!stream) return;
    first_ = held_ = reinterpret_cast<std::uintptr_t>(out) % 64 / sizeof(float);
    out_ -= first_;
  }

  /// Room for the next row_block of them.
  float* room() { return stream_ ? lines_ + held_ : out_; }

  void filled(std::size_t count) {
    held_ += count;
    const std::size_t whole = stream_ ? held_ / line * line : held_;
    if (whole == 0) return;
    if (stream_) {
      if (first_ > 0) write_first(line);
      const std::size_t from = first_ > 0 ? line : 0;
      stream_lines(out_ + from, lines_ + from, (whole - from) * sizeof(float));
      __builtin_memcpy(lines_, lines_ + whole, line * sizeof(float));
    }
    out_ += whole;
    held_ -= whole;
    first_ = 0;
  }

  /// There are no more.
  void finish() {
    if (!stream_) return;
    write_first(held_);
    stream_end();
  }

 private:
  static constexpr std::size_t line = 64 / sizeof(float);

  // A line whose other part belongs to somebody else.
  void write_first(std::size_t end) {
    __builtin_memcpy(out_ + first_, lines_ + first_, (end - first_) * sizeof(float));
  }

  alignas(64) float lines_[row_block + 2 * line];
  float* out_;  ///< of the first number in lines_
  bool stream_;
  std::size_t first_ = 0, held_ = 0;  ///< the first number in lines_ that is a result, and how many there are
};

/// One of the rows, at a block of it.
struct SingleWritten {
  SingleRow e;  ///< its exponentials
  SingleFactor scale;
  float* out;
};

/// `count` entries of each of the three rows: exponentials of x, added to norm; results of `before`; the largest of `next`.
[[gnu::always_inline]] inline void single_turn(const float* x, const SingleShift& shift, SingleRow e, double& norm,
                                               const SingleWritten& before, const float* next, float& next_max,
                                               std::size_t count) {
  double high_sum = 0;
  float low_sum = 0, max = next_max;
  const auto [top, base, lowest, magic] = shift;
#pragma omp simd reduction(+ : high_sum, low_sum) reduction(max : max)
  for (std::size_t j = 0; j < count; j++) {
    // all is read before anything is written: what lies 4096 bytes apart looks alike to the processor, and it would wait
    const float ahead = next[j], result = single_times(before.e.high[j], before.e.low[j], before.scale);
    const SingleFactor v = single_exponential(x[j] - base, lowest, magic);
    max = ahead > max ? ahead : max;
    const float high = v.high + v.low, low = v.low - (high - v.high);  // so small that their sum may be in float32
    high_sum += static_cast<double>(high);
    low_sum += low;
    before.out[j] = result;
    e.high[j] = high;
    e.low[j] = low;
  }
  norm += high_sum + static_cast<double>(low_sum);
  next_max = max;
}

/// The exponentials of a row whose largest entry is infinity, and their sum: 1 there and 0 elsewhere; but of two
/// infinities the difference is NaN, which spoils the sum.
inline double single_infinite(const float* x, SingleRow e, std::size_t n) {
  const std::size_t top = row_find(x, n, std::numeric_limits<float>::infinity());
  e.high[top] = 0x1p64f;
  e.low[top] = 0;
  double norm = 0;
  for (std::size_t j = 0; j < n; j++) norm += static_cast<double>(e.high[j]);
  return norm;
}

inline void single_long_softmax(const float* x, float* out, std::size_t rows, std::size_t classes, double* scratch,
                                bool stream) {
  if (rows == 0) return;
  SingleResults results(out, stream);
  alignas(64) float nowhere[row_block];
  SingleFactor scale{};
  float max = row_max(x, classes);
  for (std::size_t r = 0; r < rows; r++, x += classes) {
    const SingleRow e = single_row(scratch, r % 2, classes), before = r ? single_row(scratch, 1 - r % 2, classes) : e;
    const float* next = r + 1 < rows ? x + classes : x;
    const SingleShift shift = single_shift(max);
    double norm = 0;
    float next_max = -std::numeric_limits<float>::infinity();
    for (std::size_t i = 0; i < classes; i += row_block) {
      const std::size_t k = classes - i < row_block ? classes - i : row_block;
      const SingleWritten written = {before.from(i), scale, r ? results.room() : nowhere};
      if (k == row_block) {
        single_turn(x + i, shift, e.from(i), norm, written, next + i, next_max, row_block);
      } else {
        single_turn(x + i, shift, e.from(i), norm, written, next + i, next_max, k);
      }
      if (r) results.filled(k);
    }
    if (max == std::numeric_limits<float>::infinity()) norm = single_infinite(x, e, classes);
    scale = single_factor(0x1p64 / norm);
    max = next_max;
  }
  const SingleRow last = single_row(scratch, 1 - rows % 2, classes);
  for (std::size_t i = 0; i < classes; i += row_block) {
    const std::size_t k = classes - i < row_block ? classes - i : row_block;
    const float *high = last.high + i, *low = last.low + i;
    float* to = results.room();
#pragma omp simd
    for (std::size_t j = 0; j < k; j++) to[j] = single_times(high[j], low[j], scale);
    results.filled(k);
  }
  results.finish();
}

}  // namespace slopes::detail
