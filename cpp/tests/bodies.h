// The words of math.h, and the bodies of definitions made of them, beside the same functions in __float128.
#pragma once

#include <quadmath.h>

#include "../math.h"

namespace bodies {

using Quad = __float128;

inline Quad ndtr(Quad x) { return erfcq(-x / M_SQRT2q) / 2; }
inline Quad density(Quad x) { return expq(-x * x / 2) / sqrtq(2 * M_PIq); }
inline Quad sigma(Quad x) { return x < 0 ? expq(x) / (1 + expq(x)) : 1 / (1 + expq(-x)); }

// value<M>(x) is the code under test, exact(x) the reference; y is a fixed second argument.
#define SLOPES_BODY(name, code, reference)    \
  struct name {                               \
    static constexpr const char* label = #name; \
    template <class M>                        \
    static double value(double x) {           \
      return code;                            \
    }                                         \
    static Quad exact(Quad x) { return reference; } \
  };

SLOPES_BODY(exp, M::exp(x), expq(x))
SLOPES_BODY(log, M::log(x), logq(x))
SLOPES_BODY(log1p, M::log1p(x), log1pq(x))
SLOPES_BODY(tanh, M::tanh(x), tanhq(x))
SLOPES_BODY(sigmoid, M::sigmoid(x), sigma(x))
SLOPES_BODY(exp_difference, M::exp_difference(x, 0.7), expq(x - Quad(0.7)))
SLOPES_BODY(sigmoid_times, M::sigmoid_times(-3.3, x), Quad(-3.3) * sigma(x))
SLOPES_BODY(ndtr_times, M::ndtr_times(1.0, x), ndtr(x))
SLOPES_BODY(normal_times, M::normal_times(1.0, x), density(x))
SLOPES_BODY(silu, M::sigmoid_times(x, x), x * sigma(x))
SLOPES_BODY(silu_derivative, M::sigmoid_times(1 + M::sigmoid_times(x, -x), x), sigma(x) * (1 + x * sigma(-x)))
SLOPES_BODY(gelu, M::ndtr_times(x, x), x * ndtr(x))
SLOPES_BODY(gelu_derivative, M::ndtr_times(1.0, x) + M::normal_times(x, x), ndtr(x) + x * density(x))
SLOPES_BODY(softplus, M::maximum(x, 0.0) + M::log1p(M::exp(-M::abs(x))), (x > 0 ? x : 0) + log1pq(expq(-fabsq(x))))
SLOPES_BODY(log1p_exp, M::log1p_exp(x), log1pq(expq(-fabsq(x))))
SLOPES_BODY(softplus_fused, M::maximum(x, 0.0) + M::log1p_exp(x), (x > 0 ? x : 0) + log1pq(expq(-fabsq(x))))
SLOPES_BODY(sigmoid_derivative, M::sigmoid(x) * M::sigmoid(-x), sigma(x) * sigma(-x))
SLOPES_BODY(tanh_derivative, M::sigmoid_times(M::sigmoid_times(4.0, 2 * x), -2 * x), 4 * sigma(2 * x) * sigma(-2 * x))

#undef SLOPES_BODY

template <class F>
void for_each(F f) {
  f(exp{}), f(log{}), f(log1p{}), f(tanh{}), f(sigmoid{}), f(exp_difference{}), f(sigmoid_times{}), f(ndtr_times{});
  f(normal_times{}), f(silu{}), f(silu_derivative{}), f(gelu{}), f(gelu_derivative{}), f(softplus{});
  f(log1p_exp{}), f(softplus_fused{}), f(sigmoid_derivative{}), f(tanh_derivative{});
}

}  // namespace bodies
