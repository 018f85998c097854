// The vocabulary of slopes (core/math.py) on double, in a form that the compiler vectorises: scalar, inline, free of
// branches and of calls. Every word is total: NaN gives NaN, infinities give the limit.
//
// Largest errors measured by tests/accuracy.cc, in units in the last place of the result, on x86-64-v4:
//   Math<Narrow>, rounded once to float32 (every 7th of all float32), subnormal results included:
//     tanh 0.508; all other words, silu, gelu, softplus and their derivatives 0.505
//   Math<Full> (4 million points), normal results and, behind the stroke, subnormal ones:
//     exp 0.58 | 0.75   log 0.75   log1p 0.92   tanh 0.66   sigmoid 0.58 | 0.75   exp_difference 0.58 | 0.75
//     sigmoid_times 1.34 | 1.14   ndtr_times 1.14 | 1.0   normal_times 0.56 | 0.76   log1p_exp 1.32 | 0.75
//   The words below were measured on fewer points (300,000; every 997th float32):
//     expm1 0.79   sqrt 0.5   hypot 0.5 | 0.75   power 0.59 | 0.6   sin 0.78   cos 0.75   arctan 0.61   erf 1.12 | 0.51
//     log1p_excess 1.99 | 0.5   tanh_remainder 1.92 | 1.14   log_ndtr 1.74 | 0.86   inverse_mills 0.94 | 0.72
//     mills_excess 2.19 | 0.5   expm1_excess 2.53 | 0.75
//
// Include it by a relative path: a directory on the include path would put it before the system's <math.h>.
// Needs -fno-math-errno -fno-trapping-math to be vectorised; -ffast-math would break NaN and the exact sums.
#pragma once

#include "arithmetic.h"
#include "circular.h"
#include "exponential.h"
#include "logarithm.h"
#include "normal.h"
#include "normal_tail.h"
#include "power.h"
#include "roots.h"

namespace slopes {

template <class P>
struct Math {
  SLOPES_INLINE double root_two_over_pi() { return 0x1.9884533d43651p-1; }

  SLOPES_INLINE double abs(double x) { return __builtin_fabs(x); }
  SLOPES_INLINE double sign(double x) { return x > 0 ? 1.0 : (x < 0 ? -1.0 : x); }
  SLOPES_INLINE double step(double x) { return x > 0 ? 1.0 : (x <= 0 ? 0.0 : x); }
  SLOPES_INLINE double fill(double x, double constant) { return __builtin_isnan(x) ? x : constant; }

  // A NaN in x fails the first comparison, one in y the second; a constant y leaves one instruction.
  SLOPES_INLINE double minimum(double x, double y) { return x > y || __builtin_isnan(y) ? y : x; }
  SLOPES_INLINE double maximum(double x, double y) { return x < y || __builtin_isnan(y) ? y : x; }

  SLOPES_INLINE bool less(double x, double y) { return x < y; }
  SLOPES_INLINE bool equal(double x, double y) { return x == y; }
  SLOPES_INLINE double where(bool condition, double x, double y) { return condition ? x : y; }

  // 0 times infinity is 0; NaN stays.
  SLOPES_INLINE double times(double x, double y) { return x * (x == 0 ? detail::finite(y) : y); }

  SLOPES_INLINE double exp(double x) { return detail::exp(x, P{}); }
  SLOPES_INLINE double log(double x) { return detail::log(x, P{}); }
  SLOPES_INLINE double log1p(double x) { return detail::log1p(x, P{}); }
  SLOPES_INLINE double log1p_excess(double x) { return detail::log1p_excess(x); }
  SLOPES_INLINE double expm1_excess(double x) { return detail::expm1_excess(x); }
  SLOPES_INLINE double expm1(double x) { return detail::expm1(x, P{}); }
  SLOPES_INLINE double sqrt(double x) { return __builtin_sqrt(x); }
  SLOPES_INLINE double hypot(double x, double y) { return detail::hypot(x, y, P{}); }
  SLOPES_INLINE double power(double x, double p) { return detail::power(x, p, P{}); }
  SLOPES_INLINE double sin(double x) { return detail::sin(x, P{}); }
  SLOPES_INLINE double cos(double x) { return detail::cos(x, P{}); }
  SLOPES_INLINE double arctan(double x) { return detail::arctan(x, P{}); }
  SLOPES_INLINE double tanh(double x) { return detail::tanh(x, P{}); }
  SLOPES_INLINE double tanh_remainder(double x) { return detail::tanh_remainder(x, P{}); }
  SLOPES_INLINE double sigmoid(double x) { return detail::sigmoid(x, P{}); }
  SLOPES_INLINE double sigmoid_times(double y, double x) { return detail::sigmoid_times(y, x, P{}); }
  SLOPES_INLINE double ndtr_times(double y, double x) { return detail::ndtr_times(y, x, P{}); }
  SLOPES_INLINE double normal_times(double y, double x) { return detail::normal_times(y, x, P{}); }
  SLOPES_INLINE double erf(double x) { return detail::erf(x, P{}); }
  SLOPES_INLINE double log_ndtr(double x) { return detail::log_ndtr(x, P{}); }
  SLOPES_INLINE double inverse_mills(double x) { return detail::inverse_mills(x, P{}); }
  SLOPES_INLINE double mills_excess(double x) { return detail::mills_excess(x, P{}); }
  // log1p(exp(-abs(x))), in half the time: the printer puts it in that place.
  SLOPES_INLINE double log1p_exp(double x) { return detail::log1p_exp(x, P{}); }
  SLOPES_INLINE double exp_difference(double x, double y) { return detail::exp_difference(x, y, P{}); }
};

}  // namespace slopes
