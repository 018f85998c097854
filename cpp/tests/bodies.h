// The words of math.h, and the bodies of definitions made of them, beside the same functions in __float128.
#pragma once

#include <quadmath.h>

#include <limits>

#include "../math.h"

namespace bodies {

using Quad = __float128;

inline Quad ndtr(Quad x) { return erfcq(-x / M_SQRT2q) / 2; }
inline Quad density(Quad x) { return expq(-x * x / 2) / sqrtq(2 * M_PIq); }
inline Quad sigma(Quad x) { return x < 0 ? expq(x) / (1 + expq(x)) : 1 / (1 + expq(-x)); }


// The rest of Mills' ratio: phi(a) / Phi(-a) - a for a >= 0, far out by Laplace's continued fraction.
inline Quad excess(Quad a) {
  if (a < 10) return density(a) / ndtr(-a) - a;
  Quad fraction = a;
  for (int k = 300; k > 1; --k) fraction = a + k / fraction;
  return 1 / fraction;
}
inline Quad mills_excess_of(Quad x) { return x < 0 ? excess(-x) : x + density(x) / ndtr(x); }
inline Quad log_ndtr_of(Quad x) {
  if (x >= 0) return log1pq(-ndtr(-x));
  return -logq(sqrtq(2 * M_PIq) * (excess(-x) - x)) - x * x / 2;
}

// Beside 0 by their series: the differences would cancel.
inline Quad expm1_excess_of(Quad x) {
  if (fabsq(x) > 1e-4Q) return expm1q(x) - x;
  return x * x * (1 / 2.0Q + x * (1 / 6.0Q + x * (1 / 24.0Q + x * (1 / 120.0Q + x / 720.0Q))));
}
inline Quad log1p_excess_of(Quad x) {
  if (fabsq(x) > 1e-5Q) return x - log1pq(x);
  Quad sum = 0;
  for (int k = 8; k > 1; --k) sum = (k % 2 ? -1 : 1) / Quad(k) + x * sum;
  return x * x * sum;
}
inline Quad tanh_remainder_of(Quad x) {
  const Quad t = x * x;
  if (t > 1e-5Q) return x - tanhq(x);
  return x * t * (Quad(1) / 3 + t * (Quad(-2) / 15 + t * (Quad(17) / 315 + t * (Quad(-62) / 2835 + t * Quad(1382) / 155925))));
}

// Beside its zero a derivative has the absolute accuracy of its terms: the largest error is told, not held to a bound.
inline constexpr double crosses_zero = std::numeric_limits<double>::infinity();

// value<M>(x) is the code under test, exact(x) the reference, bound what normal float64 results may err by, in units in the
// last place.
#define SLOPES_BODY(name, most, code, reference) \
  struct name {                               \
    static constexpr const char* label = #name; \
    static constexpr double bound = most;     \
    template <class M>                        \
    static double value(double x) {           \
      return code;                            \
    }                                         \
    static Quad exact(Quad x) { return reference; } \
  };

SLOPES_BODY(exp, 0.6, M::exp(x), expq(x))
SLOPES_BODY(log, 0.77, M::log(x), logq(x))
SLOPES_BODY(log1p, 0.94, M::log1p(x), log1pq(x))
SLOPES_BODY(tanh, 0.7, M::tanh(x), tanhq(x))
SLOPES_BODY(sigmoid, 0.6, M::sigmoid(x), sigma(x))
SLOPES_BODY(exp_difference, 0.6, M::exp_difference(x, 0.7), expq(x - Quad(0.7)))
SLOPES_BODY(sigmoid_times, 1.36, M::sigmoid_times(-3.3, x), Quad(-3.3) * sigma(x))
SLOPES_BODY(ndtr_times, 1.16, M::ndtr_times(1.0, x), ndtr(x))
SLOPES_BODY(normal_times, 0.58, M::normal_times(1.0, x), density(x))
SLOPES_BODY(silu, 1.6, M::sigmoid_times(x, x), x * sigma(x))
SLOPES_BODY(silu_derivative, crosses_zero, M::sigmoid_times(1 + M::sigmoid_times(x, -x), x), sigma(x) * (1 + x * sigma(-x)))
SLOPES_BODY(gelu, 1.8, M::ndtr_times(x, x), x * ndtr(x))
SLOPES_BODY(gelu_derivative, crosses_zero, M::ndtr_times(1.0, x) + M::normal_times(x, x), ndtr(x) + x * density(x))
SLOPES_BODY(softplus, 1.6, M::maximum(x, 0.0) + M::log1p(M::exp(-M::abs(x))), (x > 0 ? x : 0) + log1pq(expq(-fabsq(x))))
SLOPES_BODY(log1p_exp, 1.34, M::log1p_exp(x), log1pq(expq(-fabsq(x))))
SLOPES_BODY(softplus_fused, 1.8, M::maximum(x, 0.0) + M::log1p_exp(x), (x > 0 ? x : 0) + log1pq(expq(-fabsq(x))))
SLOPES_BODY(expm1_excess, 2.6, M::expm1_excess(x), expm1_excess_of(x))
SLOPES_BODY(log1p_excess, 2.1, M::log1p_excess(x), log1p_excess_of(x))
SLOPES_BODY(expm1, 0.8, M::expm1(x), expm1q(x))
SLOPES_BODY(sqrt, 0.5001, M::sqrt(x), sqrtq(x))
SLOPES_BODY(hypot, 0.52, M::hypot(x, 1.7), sqrtq(x * x + Quad(1.7) * Quad(1.7)))
SLOPES_BODY(hypot_far, 0.52, M::hypot(0.7 * x, x), sqrtq(Quad(0.7 * double(x)) * Quad(0.7 * double(x)) + x * x))
SLOPES_BODY(power, 0.58, M::power(x, 2.5), powq(x, 2.5))
SLOPES_BODY(power_below, 0.58, M::power(x, -0.3), powq(x, Quad(-0.3)))
SLOPES_BODY(power_high, 0.6, M::power(x, 1000.0), x < 0 ? nanq("") : powq(x, 1000))
SLOPES_BODY(sin, 0.85, M::sin(x), sinq(x))
SLOPES_BODY(cos, 0.8, M::cos(x), cosq(x))
SLOPES_BODY(arctan, 0.65, M::arctan(x), atanq(x))
SLOPES_BODY(tanh_remainder, 2.0, M::tanh_remainder(x), tanh_remainder_of(x))
SLOPES_BODY(erf, 1.2, M::erf(x), erfq(x))
SLOPES_BODY(log_ndtr, 1.9, M::log_ndtr(x), log_ndtr_of(x))
SLOPES_BODY(inverse_mills, 1.0, M::inverse_mills(x), x < 0 ? excess(-x) - x : density(x) / ndtr(x))
SLOPES_BODY(mills_excess, 2.3, M::mills_excess(x), mills_excess_of(x))
SLOPES_BODY(sigmoid_derivative, 2.0, M::sigmoid(x) * M::sigmoid(-x), sigma(x) * sigma(-x))
SLOPES_BODY(tanh_derivative, 2.2, M::sigmoid_times(M::sigmoid_times(4.0, 2 * x), -2 * x), 4 * sigma(2 * x) * sigma(-2 * x))

#undef SLOPES_BODY

template <class F>
void for_each(F f) {
  f(exp{}), f(log{}), f(log1p{}), f(tanh{}), f(sigmoid{}), f(exp_difference{}), f(sigmoid_times{}), f(ndtr_times{});
  f(normal_times{}), f(silu{}), f(silu_derivative{}), f(gelu{}), f(gelu_derivative{}), f(softplus{});
  f(log1p_exp{}), f(softplus_fused{}), f(sigmoid_derivative{}), f(tanh_derivative{});
  f(log1p_excess{}), f(expm1_excess{}), f(expm1{}), f(sqrt{}), f(hypot{}), f(hypot_far{}), f(power{}), f(power_below{}), f(power_high{});
  f(sin{}), f(cos{}), f(arctan{}), f(tanh_remainder{}), f(erf{}), f(log_ndtr{}), f(inverse_mills{}), f(mills_excess{});
}

}  // namespace bodies
