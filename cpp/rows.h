// What softmax and cross-entropy share: a row split at its largest entry, tiles of short rows, and stores.
//
// All arithmetic is in double. A float row is rounded once, at the end; for a double row sums and factors carry their
// rounding errors along as pairs. The largest entry never enters a sum: its term is exactly 1, and the sum of the
// others is all that is left of 1 - p and of -log p once p has rounded to 1.
//
// Included into the namespace of an instruction set: whoever does so has included these headers before.
#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <type_traits>

#if defined(__SSE2__)
#include <immintrin.h>
#endif

#include "math.h"

namespace slopes {

using detail::Pair;

template <class T>
using RowPrecision = std::conditional_t<std::is_same_v<T, float>, Narrow, Full>;

template <class T>
inline constexpr bool is_full = std::is_same_v<RowPrecision<T>, Full>;

/// Rows of up to this many classes are worked on as transposed tiles; longer rows one at a time.
inline constexpr std::size_t tile_classes = 32;
/// Rows of a tile. Callers that split the rows of short-row calls lose least at multiples of it.
inline constexpr std::size_t tile_rows = 128;
/// Elements of a long row that are worked on together: in double they fit the first-level cache.
inline constexpr std::size_t row_block = 512;

/// Doubles from one row of scratch to the next: whole lanes of every sum.
inline constexpr std::size_t row_stride(std::size_t classes) { return (classes + 63) / 64 * 64; }

/// Doubles of scratch that the row kernels need for each thread, aligned to 64 bytes.
inline constexpr std::size_t row_scratch(std::size_t classes) {
  return classes <= tile_classes ? 3 * classes * tile_rows : 2 * row_stride(classes);
}

namespace detail {
/// select for float lanes.
SLOPES_INLINE float select(bool condition, float x, float y) {
  const std::uint32_t mask = -static_cast<std::uint32_t>(condition);
  return std::bit_cast<float>((std::bit_cast<std::uint32_t>(x) & mask) | (std::bit_cast<std::uint32_t>(y) & ~mask));
}
}  // namespace detail

/// e^(x - max) for x <= max; NaN where both are infinite.
template <class T>
[[gnu::always_inline]] inline double exp_below(double x, double max) {
  if constexpr (is_full<T>) return detail::exp_difference(x, max, Full{});
  return detail::exp_negative(max - x, Narrow{});
}

/// The product of e and a factor.
template <class T>
[[gnu::always_inline]] inline double scaled(double e, Pair factor) {
  if constexpr (is_full<T>) return e * factor.high + e * factor.low;
  return e * factor.high;
}

/// The same where e may be infinite: then e high and e low could be infinities of both signs.
template <class T>
inline double scaled_total(double e, Pair factor) {
  return e - e == 0 ? scaled<T>(e, factor) : e * factor.high;
}

template <class T>
[[gnu::always_inline]] inline Pair scaled(Pair factor, double y) {
  const double high = factor.high * y;
  if constexpr (is_full<T>) return {high, detail::product_error(factor.high, y, high) + factor.low * y};
  return {high, 0};
}

template <class T>
[[gnu::always_inline]] inline Pair plus(Pair sum, double x) {
  if constexpr (!is_full<T>) return {sum.high + x, 0};
  const Pair total = detail::two_sum(sum.high, x);
  return {total.high, sum.low + total.low};
}

/// A pair whose low part is a rounding error: an infinite sum has none, though inf - inf left a NaN there.
[[gnu::always_inline]] inline double low_of(Pair sum) { return sum.high - sum.high == 0 ? sum.low : 0.0; }

/// The probability of the largest class, 1 / (1 + others).
template <class T>
[[gnu::always_inline]] inline Pair probability_of_top(Pair others) {
  if constexpr (!is_full<T>) return {1 / (1 + others.high), 0};
  const Pair norm = detail::two_sum(1.0, others.high);
  return detail::reciprocal({norm.high, norm.low + others.low});
}

/// -log of the probability of the largest class, exact also where that is almost 1.
template <class T>
[[gnu::always_inline]] inline double log_norm_of(Pair others) {
  const double log_norm = detail::log1p(others.high, RowPrecision<T>{});
  if constexpr (is_full<T>) return log_norm + others.low / (1 + others.high);
  return log_norm;
}

/// x - max, 0 at the maximum even where both are infinite.
template <class T>
[[gnu::always_inline]] inline double below_max(T x, double max) {
  return static_cast<double>(x) == max ? 0.0 : static_cast<double>(x) - max;
}

/// The largest entry; NaN is passed over, and a row without a number gives -inf.
/// A scalar maximum is one chain of dependent steps, so it runs in lanes, which are compared at the end.
template <class T>
inline T row_max(const T* x, std::size_t n) {
  constexpr std::size_t lanes = 256 / sizeof(T);
  T m[lanes];
  for (std::size_t j = 0; j < lanes; j++) m[j] = -std::numeric_limits<T>::infinity();
  std::size_t i = 0;
  for (; i + lanes <= n; i += lanes) {
#pragma omp simd
    for (std::size_t j = 0; j < lanes; j++) m[j] = x[i + j] > m[j] ? x[i + j] : m[j];
  }
  for (std::size_t j = 0; i + j < n; j++) m[j] = x[i + j] > m[j] ? x[i + j] : m[j];
  for (std::size_t width = lanes / 2; width > 0; width /= 2) {
    for (std::size_t j = 0; j < width; j++) m[j] = m[j + width] > m[j] ? m[j + width] : m[j];
  }
  return m[0];
}

/// The first position of `value`, or n.
template <class T>
inline std::size_t row_find(const T* x, std::size_t n, T value) {
  constexpr std::size_t step = 256 / sizeof(T);
  std::size_t i = 0;
  for (; i + step <= n; i += step) {
    int found = 0;
#pragma omp simd reduction(| : found)
    for (std::size_t j = 0; j < step; j++) found |= x[i + j] == value;
    if (found) break;
  }
  while (i < n && !(x[i] == value)) i++;
  return i;
}

/// The sum, in lanes of fixed number: its rounding depends neither on alignment nor on the width of a vector.
inline double block_sum(const double* x, std::size_t n) {
  constexpr std::size_t lanes = 64;
  double s[lanes] = {};
  std::size_t i = 0;
  for (; i + lanes <= n; i += lanes) {
#pragma omp simd
    for (std::size_t j = 0; j < lanes; j++) s[j] += x[i + j];
  }
  for (std::size_t j = 0; i + j < n; j++) s[j] += x[i + j];
  for (std::size_t width = lanes / 2; width > 0; width /= 2) {
    for (std::size_t j = 0; j < width; j++) s[j] += s[j + width];
  }
  return s[0];
}

/// The sum of term(j) over all positions of a row but `top`.
template <class F>
inline double sum_without(std::size_t n, std::size_t top, F term) {
  alignas(64) double block[row_block];
  Pair sum = {0, 0};
  for (std::size_t i = 0; i < n; i += row_block) {
    const std::size_t k = n - i < row_block ? n - i : row_block;
#pragma omp simd
    for (std::size_t j = 0; j < k; j++) block[j] = term(i + j);
    if (top - i < k) block[top - i] = 0;
    sum = plus<double>(sum, block_sum(block, k));
  }
  return sum.high + low_of(sum);
}

inline void prefetch(const void* p, std::size_t bytes) {
  for (std::size_t i = 0; i < bytes; i += 64) __builtin_prefetch(static_cast<const char*>(p) + i, 0, 2);
}

/// A row split at its first maximum. p = e / (1 + others); 1 - p of the largest is others / (1 + others).
struct RowSplit {
  std::size_t top;  ///< where the first maximum is
  double max;
  Pair others;  ///< the sum of e^(x - max) over all entries but the largest
};

/// Splits a row; e receives e^(x - max), and may be null. `next` is the row to bring into the cache meanwhile, and
/// between() is called after each block: the processor stores there what an earlier row left while it computes here.
template <class T, class F>
inline RowSplit split_row(const T* x, double* e, std::size_t n, const T* next, F between) {
  const T max = row_max(x, n);
  const std::size_t top = row_find(x, n, max);
  alignas(64) double block[row_block];
  Pair others = {0, 0};
  for (std::size_t i = 0; i < n; i += row_block) {
    const std::size_t k = n - i < row_block ? n - i : row_block;
    prefetch(next + i, k * sizeof(T));
    double* b = e ? e + i : block;
#pragma omp simd
    for (std::size_t j = 0; j < k; j++) b[j] = exp_below<T>(x[i + j], max);
    if (top - i < k) b[top - i] = 0;
    others = plus<T>(others, block_sum(b, k));
    between();
  }
  if (top == n) return {0, max, {detail::nan, 0}};  // nothing but NaN
  if (e) e[top] = 1;  // also for an infinite maximum, where inf - inf says nothing
  return {top, max, others};
}

template <class T>
inline RowSplit split_row(const T* x, double* e, std::size_t n) {
  return split_row(x, e, n, x + n, [] {});
}

/// Copies a block past the caches: whole 64-byte lines, the destination aligned to them.
inline void stream_lines(void* out, const void* block, std::size_t bytes) {
#if defined(__AVX512F__)
  for (std::size_t i = 0; i < bytes; i += 64) {
    _mm512_stream_si512(reinterpret_cast<__m512i*>(static_cast<char*>(out) + i),
                        _mm512_load_si512(static_cast<const char*>(block) + i));
  }
#elif defined(__SSE2__)
  for (std::size_t i = 0; i < bytes; i += 16) {
    _mm_stream_si128(reinterpret_cast<__m128i*>(static_cast<char*>(out) + i),
                     _mm_load_si128(reinterpret_cast<const __m128i*>(static_cast<const char*>(block) + i)));
  }
#else
  __builtin_memcpy(out, block, bytes);
#endif
}

/// After the last streamed block: other threads may read the result from here on.
inline void stream_end() {
#if defined(__SSE2__)
  _mm_sfence();
#endif
}

/// Writes n results; write(block, begin, count) makes `count` of them from position `begin`.
/// Streaming pays for results larger than the last-level cache, and costs where they would have stayed in it.
template <class T, class F>
inline void write_row(T* out, std::size_t n, bool stream, F write) {
  constexpr std::size_t line = 64 / sizeof(T), step = 128;
  if (!stream) return write(out, std::size_t{0}, n);
  alignas(64) T block[step];
  std::size_t i = (64 - reinterpret_cast<std::uintptr_t>(out) % 64) % 64 / sizeof(T);
  if (i > n) i = n;
  if (i) write(out, std::size_t{0}, i);
  while (n - i >= line) {
    const std::size_t k = n - i < step ? (n - i) / line * line : step;
    write(block, i, k);
    stream_lines(out + i, block, k * sizeof(T));
    i += k;
  }
  if (i < n) write(out + i, i, n - i);
}

/// A row that is written little by little, by fill(block, begin, count).
template <class T, class Fill>
struct PendingRow {
  T* out = nullptr;
  std::size_t n = 0;
  bool stream = false;
  Fill fill{};
  std::size_t done = 0;

  void advance() {
    if (done == n) return;
    std::size_t end = done + row_block;
    if (end >= n) return finish();
    end -= reinterpret_cast<std::uintptr_t>(out + end) % 64 / sizeof(T);
    write_until(end);
  }
  void finish() {
    if (done < n) write_until(n);
  }

 private:
  void write_until(std::size_t end) {
    const std::size_t from = done;
    write_row(out + from, end - from, stream,
              [&](T* block, std::size_t begin, std::size_t count) { fill(block, from + begin, count); });
    done = end;
  }
};

}  // namespace slopes
