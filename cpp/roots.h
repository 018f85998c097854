// The length sqrt(x^2 + y^2), whose squares may overflow or vanish.
#pragma once

#include "arithmetic.h"

namespace slopes::detail {

// An infinite side gives an infinite length, and a NaN in the other one stays NaN.
SLOPES_INLINE double hypot_domain(double x, double y, double inside) {
  return select((x < infinity) & (y < infinity), inside, x + y);
}

// Squares of float32, and their products with parameters, are in the range of double.
SLOPES_INLINE double hypot(double x, double y, Narrow) {
  const double a = __builtin_fabs(x), b = __builtin_fabs(y);
  return hypot_domain(a, b, __builtin_sqrt(a * a + b * b));
}

// Both sides are brought near 1; what vanishes there is 2^-500 of the other. The squares keep their rounding errors, and
// one step of Newton's method takes them and that of the root: 0.51 ULP.
SLOPES_INLINE double hypot(double x, double y, Full) {
  const double a = __builtin_fabs(x), b = __builtin_fabs(y);
  const double larger = a > b ? a : b, smaller = a > b ? b : a;
  const bool huge = larger > 0x1p500, tiny = larger < 0x1p-400;
  const double up = select(huge, 0x1p-600, select(tiny, 0x1p600, 1.0));
  const double down = select(huge, 0x1p600, select(tiny, 0x1p-600, 1.0));
  const double l = larger * up, s = smaller * up, ll = l * l, ss = s * s;
  const Pair sum = fast_two_sum(ll, ss);
  const double low = sum.low + (product_error(l, l, ll) + product_error(s, s, ss));
  const double root = __builtin_sqrt(sum.high);
  const double length = root + select(root > 0, (remainder(sum.high, root, root) + low) / (root + root), 0.0);
  return hypot_domain(a, b, length * down);
}

}  // namespace slopes::detail
