// e^(x - max) of float rows in float32 arithmetic: twice as many numbers in a vector as in double.
//
// What rounding to float32 would lose is carried along in a low part, e = high + low, so that a product with e, rounded
// once, is right to 0.6 ULP, and to 0.9 among subnormal results, which are rounded twice. Sums are taken in double.
#pragma once

#include "rows.h"

namespace slopes {

/// A factor as the sum of two floats.
struct SingleFactor {
  float high, low;
};

[[gnu::always_inline]] inline SingleFactor single_factor(double f) {
  const float high = static_cast<float>(f);
  return {high, static_cast<float>(f - high)};
}

namespace detail {

/// Stored exponentials are 2^64 times as large as the exponential: even the smallest that matters is a normal number.
inline constexpr int single_doublings = 64;
inline constexpr float single_down = 0x1p-64f;
/// The exponent field of the row's power of two. An exponential this many powers below it has the field 0, and is 0.
inline constexpr float single_field = 127 + single_doublings;
/// From here on x - max is exact for every x >= max - single_field ln 2, the two differing by less than a factor of 2
/// (Sterbenz).
inline constexpr float single_far = 268.0f;

/// What the exponentials of a row have in common. x is taken from 0 where the row's largest is near, else from that
/// largest: either way nothing is rounded before the reduction. Its power of two is subtracted as an integer.
struct SingleShift {
  float top;     ///< the row's largest - base; 0 where both are infinite
  float base;    ///< subtracted from x
  float lowest;  ///< what x - base is raised to: there the exponential is 0
  float magic;   ///< added to a small number, it rounds to an integer and leaves an exponent field in the low bits
};

[[gnu::always_inline]] inline SingleShift single_shift(float max) {
  constexpr float round = 0x1.8p23f;
  const bool near = (max < 0 ? -max : max) < single_far;
  const float top = near ? max : 0.0f, base = near ? 0.0f : max;
  const float power = (top * 0x1.715476p+0f + round) - round;
  return {top, base, (power - single_field) * 0x1.62e43p-1f, round + single_field - power};
}

/// 2^64 e^(x - base - n ln 2), n being the power of two of the row's largest; x - base at most 0 above that largest.
/// x = n ln 2 + r + rest, |r| <= ln(2) / 2. The first part of ln 2 is a multiple of 2^-15 and |x| < 2^9, so that r is
/// exact.
/// q: (e^s - 1 - s) / s^2, degree 4, with an error below 2^-28 of e^s.
[[gnu::always_inline]] inline SingleFactor single_exponential(float x, float lowest, float magic) {
  const float near = lowest > x ? lowest : x;  // a NaN stays
  const float shifted = near * 0x1.715476p+0f + magic, n = (shifted - magic);
  const float r = near - n * 0x1.62e4p-1f, rest = n * -0x1.7f7d1cp-20f, s = r + rest;
  const float square = s * s, end = 0x1.6a23f2p-10f * square + (0x1.123a20p-7f * s + 0x1.5558f2p-5f);
  const float q = end * square + (0x1.555492p-3f * s + 0x1.fffffcp-2f);
  const float high = 1.0f + r, low = (r - (high - 1.0f)) + (square * q + rest);
  const float power = std::bit_cast<float>(std::bit_cast<std::uint32_t>(shifted) << 23);
  return {high * power, low * power};
}

/// A stored exponential times 2^64 and a factor, rounded.
[[gnu::always_inline]] inline float single_times(float high, float low, SingleFactor f) {
#ifdef __FMA__
  return __builtin_fmaf(high, f.high, __builtin_fmaf(low, f.high, high * f.low)) * single_down;
#else
  const double product = (static_cast<double>(high) + low) * (static_cast<double>(f.high) + f.low);
  return static_cast<float>(product) * single_down;
#endif
}

/// A sum of exponentials in double, in lanes of fixed number.
class SingleSum {
 public:
  static constexpr std::size_t lanes = 64;

  /// Adds a block of a row, whose length is a multiple of the lanes.
  void add(const float* high, const float* low, std::size_t n) {
    alignas(64) float low_sum[lanes] = {};
    for (std::size_t i = 0; i < n; i += lanes) {
#pragma omp simd
      for (std::size_t j = 0; j < lanes; j++) {
        sum_[j] += static_cast<double>(high[i + j]);
        low_sum[j] += low[i + j];
      }
    }
#pragma omp simd
    for (std::size_t j = 0; j < lanes; j++) sum_[j] += static_cast<double>(low_sum[j]);
  }

  double total() {
    for (std::size_t width = lanes / 2; width > 0; width /= 2) {
      for (std::size_t j = 0; j < width; j++) sum_[j] += sum_[j + width];
    }
    return sum_[0];
  }

 private:
  alignas(64) double sum_[lanes] = {};
};

/// A long row split at its first maximum.
struct SingleSplit {
  std::size_t top;  ///< where the first maximum is
  float max;
  double others;  ///< the sum of e^(x - max) over all entries but the largest
  double unit;    ///< e^(x - max) = unit times the stored exponential
};

/// The scratch of one row: its stored exponentials, high parts first.
struct SingleRow {
  float* high = nullptr;
  float* low = nullptr;

  SingleRow from(std::size_t j) const { return {high + j, low + j}; }
};

inline SingleRow single_row(double* scratch, std::size_t turn, std::size_t classes) {
  float* row = reinterpret_cast<float*>(scratch + turn * row_stride(classes));
  return {row, row + row_stride(classes)};
}

/// The first maximum: its place, n if there is nothing but NaN, and its value. Only the stretch in which the maximum
/// was met is searched for it.
inline std::size_t single_peak(const float* x, std::size_t n, float& max) {
  constexpr std::size_t stretch = 4096;
  max = -std::numeric_limits<float>::infinity();
  std::size_t from = 0;
  for (std::size_t i = 0; i < n; i += stretch) {
    const float m = row_max(x + i, n - i < stretch ? n - i : stretch);
    if (m > max) max = m, from = i;
  }
  return from + row_find(x + from, n - from, max);
}

/// Splits a row and keeps its exponentials, unless `row` is empty; `next` and between() as for split_row.
template <class F>
inline SingleSplit single_split(const float* x, SingleRow row, std::size_t n, const float* next, F between) {
  SingleSplit split{};
  split.top = single_peak(x, n, split.max);
  const SingleShift shift = single_shift(split.max);
  // the largest one itself never is inf - inf
  const SingleFactor top = single_exponential(shift.top, shift.lowest, shift.magic);
  alignas(64) float high_block[row_block], low_block[row_block];
  SingleSum others;
  for (std::size_t i = 0; i < n; i += row_block) {
    const std::size_t k = n - i < row_block ? n - i : row_block;
    prefetch(next + i, k * sizeof(float));
    float *high = row.high ? row.high + i : high_block, *low = row.high ? row.low + i : low_block;
    const float* v = x + i;
#pragma omp simd
    for (std::size_t j = 0; j < k; j++) {
      const SingleFactor e = single_exponential(v[j] - shift.base, shift.lowest, shift.magic);
      high[j] = e.high;
      low[j] = e.low;
    }
    const bool here = split.top - i < k;
    if (here) high[split.top - i] = low[split.top - i] = 0;
    std::size_t whole = k;
    for (; whole % SingleSum::lanes != 0; whole++) high[whole] = low[whole] = 0;
    others.add(high, low, whole);
    if (here) high[split.top - i] = top.high, low[split.top - i] = top.low;
    between();
  }
  split.unit = 1 / (static_cast<double>(top.high) + top.low);
  split.others = split.top == n ? nan : others.total() * split.unit;
  if (split.top == n) split.top = 0;
  return split;
}

}  // namespace detail

/// A factor of exponentials e^(x - max) as one of the stored exponentials.
[[gnu::always_inline]] inline SingleFactor single_factor(double f, double unit) {
  return single_factor(f * (unit * 0x1p64));
}

}  // namespace slopes
