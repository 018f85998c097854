// Elementary steps shared by the words of math.h: clamps, exact rounding errors, reciprocals.
#pragma once

#include <bit>
#include <cstdint>
#include <limits>

#define SLOPES_INLINE [[gnu::always_inline]] static inline

namespace slopes {

// For float32, float16 and bfloat16 results. Words evaluate in double to a relative error of about 2^-31, so that the one
// rounding to float32 leaves 0.51 ULP. Below 2^-1022 they may be 0, and logarithms expect no subnormal double.
struct Narrow {};

// For float64 results. Words carry rounding errors along in a low part and scale tails whose exponential is subnormal.
struct Full {};

namespace detail {

inline constexpr double infinity = std::numeric_limits<double>::infinity();
inline constexpr double largest = std::numeric_limits<double>::max();
inline constexpr double nan = std::numeric_limits<double>::quiet_NaN();

// A value that is not rounded: high + low, |low| at most about half a unit in the last place of high.
struct Pair {
  double high, low;
};

SLOPES_INLINE std::uint64_t bits_of(double x) { return std::bit_cast<std::uint64_t>(x); }
SLOPES_INLINE double from_bits(std::uint64_t bits) { return std::bit_cast<double>(bits); }

// condition ? x : y by masks. From nested conditional expressions the compiler makes branches, duplicates what stands
// behind them and then finds control flow where it should vectorise.
SLOPES_INLINE double select(bool condition, double x, double y) {
  const std::uint64_t mask = -static_cast<std::uint64_t>(condition);
  return from_bits((bits_of(x) & mask) | (bits_of(y) & ~mask));
}

// Clamps that let a NaN in x through, because a comparison with it is false.
SLOPES_INLINE double at_most(double x, double limit) { return select(limit < x, limit, x); }
SLOPES_INLINE double at_least(double x, double limit) { return select(limit > x, limit, x); }
SLOPES_INLINE double finite(double x) { return at_most(at_least(x, -largest), largest); }

// y times a factor that may have underflowed to 0, which leaves 0 with the sign of y even for an infinite y; NaN stays.
// A product with the largest double is infinite in a narrow type.
SLOPES_INLINE double times_vanishing(double y, double factor, Narrow) { return finite(y) * factor; }

// The same where the factor is only nearly gone.
SLOPES_INLINE double vanish(bool gone, double y, double product) {
  return select(gone & (y == y), __builtin_copysign(0.0, y), product);
}

// The polynomial c[0] + c[1] x + ..., n >= 3, by Horner's rule on its even and its odd half: two short chains of
// dependent operations keep the pipelines fuller than a long one. Unrolled, because a loop inside the loop over elements
// would keep that one from being vectorised.
template <int n>
SLOPES_INLINE double polynomial(const double (&c)[n], double x) {
  const double square = x * x;
  double p = c[n - 1], q = c[n - 2];
#pragma GCC unroll 32
  for (int i = n - 3; i >= 0; i -= 2) {
    p = p * square + c[i];
    if (i > 0) q = q * square + c[i - 1];
  }
  return n % 2 == 1 ? q * x + p : p * x + q;
}

// x + y without rounding, for |x| >= |y| or x = 0 (Dekker).
SLOPES_INLINE Pair fast_two_sum(double x, double y) {
  const double sum = x + y;
  return {sum, y - (sum - x)};
}

// x + y without rounding (Knuth).
SLOPES_INLINE Pair two_sum(double x, double y) {
  const double sum = x + y, back = sum - x;
  return {sum, (x - (sum - back)) + (y - back)};
}

// x y - product, exactly where product is x y rounded and nothing underflows.
SLOPES_INLINE double product_error(double x, double y, double product) {
#ifdef __FMA__
  return __builtin_fma(x, y, -product);
#else
  constexpr double splitter = 134217729.0;  // 2^27 + 1 cuts a double into halves whose products are exact (Veltkamp)
  const double u = x * splitter, xh = u - (u - x), xl = x - xh;
  const double v = y * splitter, yh = v - (v - y), yl = y - yh;
  return (((xh * yh - product) + xh * yl) + xl * yh) + xl * yl;
#endif
}

// n - q d with one rounding, for q beside n / d: the two large terms cancel exactly.
SLOPES_INLINE double remainder(double n, double q, double d) {
#ifdef __FMA__
  return __builtin_fma(-q, d, n);
#else
  const double product = q * d;
  return (n - product) - product_error(q, d, product);
#endif
}

SLOPES_INLINE Pair times(Pair x, Pair y) {
  const double product = x.high * y.high;
  return fast_two_sum(product, product_error(x.high, y.high, product) + (x.high * y.low + x.low * y.high));
}

// 1 / (d.high + d.low) to about 2^-100, for 1 <= d <= 50.
SLOPES_INLINE Pair reciprocal(Pair d) {
  const double r = 1.0 / d.high;
  return {r, r * (remainder(1.0, r, d.high) - r * d.low)};
}

}  // namespace detail
}  // namespace slopes
