// x^p.
#pragma once

#include "arithmetic.h"
#include "exponential.h"
#include "logarithm.h"

namespace slopes::detail {

// log(x) for a positive normal x = 2^k m, to about 2^-64: the exponential magnifies its error up to 745 times.
// With s = f / (2 + f), f = m - 1: log(m) = 2 s + s t (2/3 + t g(t)), t = s^2 <= 0.0295. g: degree 8, error 2^-66 of the
// logarithm. All but t g(t) is computed in pairs.
SLOPES_INLINE Pair log_pair(Split parts) {
  constexpr double g[] = {0x1.999999999999ap-2, 0x1.2492492492491p-2, 0x1.c71c71c71cfe7p-3, 0x1.745d1745124c7p-3,
                          0x1.3b13b1bd0ead5p-3, 0x1.1110df7e2b89cp-3, 0x1.e1f80a4c27dc6p-4, 0x1.ac492705face3p-4,
                          0x1.b8e0c08205a78p-4};
  const double f = parts.m - 1.0;
  const Pair d = fast_two_sum(2.0, f);
  const double inverse = 1.0 / d.high, s = f * inverse;
  const Pair quotient = {s, (remainder(f, s, d.high) - s * d.low) * inverse};
  const Pair t = times(quotient, quotient);
  Pair factor = fast_two_sum(0x1.5555555555555p-1, t.high * polynomial(g, t.high));  // 2/3
  factor.low += 0x1.5555555555555p-55;
  const Pair rest = times(times(quotient, t), factor);
  // The first part of ln 2 has 32 bits: its product with k is exact, and above that with 2 s, or 0.
  const Pair sum = fast_two_sum(parts.k * 0x1.62e42feep-1, 2.0 * s);
  const Pair all = two_sum(sum.high, rest.high);
  return fast_two_sum(all.high, all.low + (sum.low + (2.0 * quotient.low + rest.low + parts.k * 0x1.a39ef35793c76p-33)));
}

// A subnormal x is made normal first; of 0, infinities and numbers below 0 the logarithm is unspecified.
SLOPES_INLINE Pair log_pair(double x) {
  const bool subnormal = x < 0x1p-1022;
  Split parts = split(x * (subnormal ? 0x1p54 : 1.0));
  parts.k -= subnormal ? 54.0 : 0.0;
  return log_pair(parts);
}

// The power where x is positive and finite; the limit at 0 and at infinity; NaN elsewhere.
SLOPES_INLINE double power_domain(double x, double p, double inside) {
  const double end = select(p == 0, 1.0, select((p > 0) == (x > 0), infinity, 0.0));
  const double outside = select((p == p) & ((x == 0) | (x == infinity)), end, nan);
  return select((x > 0) & (x < infinity), inside, outside);
}

SLOPES_INLINE double power(double x, double p, Narrow) {
  return power_domain(x, p, exp(p * log_pair(x).high, Narrow{}));
}

SLOPES_INLINE double power(double x, double p, Full) {
  const Pair l = log_pair(x);
  const double product = p * l.high;
  const double error = product_error(p, l.high, product) + p * l.low;
  // Outside, the result is 0 or infinite, and the error may be NaN.
  const double used = select(__builtin_fabs(product) < 800.0, error, 0.0);
  const Scaled e = exp_scaled(at_most(at_least(product, -800.0), 710.0), used);
  return power_domain(x, p, e.value.high * e.scale);
}

}  // namespace slopes::detail
