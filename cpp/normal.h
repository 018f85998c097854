// The standard normal density and distribution function, as factors of a product.
#pragma once

#include "arithmetic.h"
#include "exponential.h"

namespace slopes::detail {

// Phi(-a) = e^(-a^2 / 2) ratio(a) for a >= 0: Phi's tail without its exponential. (a + 5) ratio(a) is smooth in
// u = (a - 5) / (a + 5), and a polynomial there serves from the centre to the far tail.

// ------------------------------------------------------------------------------------------------- Narrow

// Degree 13 for 0 <= a <= 20, relative error 2^-38.2; none at a = 0.7518, where the derivative of gelu crosses zero.
SLOPES_INLINE double normal_ratio(double a, Narrow) {
  constexpr double c[] = {0x1.89d3abe1fba67p-1,  -0x1.54ad03f22304dp-1,  0x1.fb316534b0e8ap-2,  -0x1.410ed6228aef2p-2,
                          0x1.51f6337a68bacp-3,  -0x1.1b1c1966b39f9p-4,  0x1.54b496e3a2651p-6,  -0x1.8865418435665p-9,
                          -0x1.a23b0a19088f2p-11, 0x1.1e7a3abde0506p-11, -0x1.efa45bedcd0a4p-15, -0x1.bb4be25831048p-15,
                          0x1.ea2f38f4a0ff3p-17, 0x1.a5ffb477ab10cp-18};
  const double w = 1.0 / (a + 5.0);
  return polynomial(c, (a - 5.0) * w) * w;
}

// Beyond a = 20 the exponential is below 1e-86 and the product 0 in a narrow type: the ratio no longer matters.
SLOPES_INLINE double ndtr_times(double y, double x, Narrow) {
  const double half = 0.5 * x * x;
  const double tail = normal_ratio(at_most(__builtin_fabs(x), 20.0), Narrow{}) * exp_negative(half, Narrow{});
  return times_vanishing(y, x < 0 ? tail : 1.0 - tail, Narrow{});
}

SLOPES_INLINE double normal_times(double y, double x, Narrow) {
  const double half = 0.5 * x * x;
  return times_vanishing(y, exp_negative(half, Narrow{}) * 0x1.9884533d43651p-2, Narrow{});
}

// --------------------------------------------------------------------------------------------------- Full

// A polynomial in u = (a - 5) / (a + 5), over a + 5. The error of u in double would cost a unit in the last place: its low
// part enters through the derivative, and the last three of Horner's steps, which cancel, keep their rounding errors.
// `later` are the coefficients from u^3 on.
template <int n, int m>
SLOPES_INLINE Pair over_centred(double a, const Pair (&leading)[3], const double (&later)[n], const double (&derivative)[m]) {
  const Pair w = reciprocal(two_sum(a, 5.0));
  const Pair u = times(two_sum(a, -5.0), w);
  Pair sum = {polynomial(later, u.high), 0.0};
#pragma GCC unroll 3
  for (int i = 2; i >= 0; --i) {
    const double product = u.high * sum.high, error = product_error(u.high, sum.high, product) + u.high * sum.low;
    const Pair next = two_sum(leading[i].high, product);
    sum = {next.high, next.low + (error + leading[i].low)};
  }
  return times({sum.high, sum.low + u.low * polynomial(derivative, u.high)}, w);
}

// Degree 23 for 0 <= a <= 40, relative error 2^-54.1; the derivative to 3 % of (a + 5) ratio.
SLOPES_INLINE Pair normal_ratio(double a, Full) {
  constexpr Pair leading[] = {
      {0x1.89d3abe1f95aep-1, -0x1.06d630f5060f2p-56}, {-0x1.54ad03f27ca18p-1, 0}, {0x1.fb31653876f89p-2, 0}};
  constexpr double c[] = {  // from u^3 on
      -0x1.410ed5f87594dp-2, 0x1.51f6329f01b93p-3, -0x1.1b1c254ca3ed0p-4,
      0x1.54b4d4f48ba5ap-6, -0x1.88590e9875344p-9, -0x1.a2503779f4055p-11, 0x1.1daf1ae449bfep-11,
      -0x1.f2149216c3d36p-15, -0x1.a17014bb3c79dp-15, 0x1.17df0b59a7e7ep-16, 0x1.0b15068c3de29p-18,
      -0x1.73dfc7b314e83p-19, -0x1.674ddbf94c41ap-22, 0x1.d45dc2dd7f718p-22, 0x1.59990b0adbda9p-25,
      -0x1.2cb9625dad338p-24, -0x1.268f45a93a0a6p-27, 0x1.6fc73570b36e9p-27, 0x1.2efa2cf163763p-29,
      -0x1.36d08b592c1c9p-30, -0x1.966e9c6f00a97p-32};
  constexpr double p[] = {-0x1.4801fd4ad8e9bp-1, 0x1.f24ad422a4cfcp-1, -0x1.38654cdc22b00p+0, 0x1.a4f6c41fb0c10p-1};
  return over_centred(a, leading, c, p);
}

// e^(-x^2 / 2), |x| clamped to 40, where it is gone. The rounding error of the square, which the exponential would
// magnify up to 780 times, goes into its argument.
struct Bell {
  Scaled value;
  double a;
  bool is_gone;
};

SLOPES_INLINE Bell bell(double x) {
  const double a = at_most(__builtin_fabs(x), 40.0), square = a * a, error = product_error(a, a, square);
  return {exp_negative(0.5 * square, Full{}, 0.5 * error), a, 0.5 * square > full_gone};
}

SLOPES_INLINE double ndtr_times(double y, double x, Full) {
  const Bell b = bell(x);
  const Pair tail = times(normal_ratio(b.a, Full{}), b.value.value);
  const Pair upper = fast_two_sum(1.0, -tail.high * b.value.scale);
  const bool below = x < 0;
  const double factor = below ? tail.high : upper.high + (upper.low - tail.low * b.value.scale);
  return vanish(below & b.is_gone, y, y * factor * (below ? b.value.scale : 1.0));
}

SLOPES_INLINE double normal_times(double y, double x, Full) {
  constexpr Pair density = {0x1.9884533d43651p-2, -0x1.cbc0d30ebfd15p-56};  // 1 / sqrt(2 pi)
  const Bell b = bell(x);
  return vanish(b.is_gone, y, y * times(b.value.value, density).high * b.value.scale);
}

}  // namespace slopes::detail
