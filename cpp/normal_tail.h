// Logarithm and hazard of the normal distribution's tail, and the error function.
#pragma once

#include "arithmetic.h"
#include "logarithm.h"
#include "normal.h"

namespace slopes::detail {

// phi(a) / Phi(-a) - a for a >= 0, which decays like 1 / a: (a + 5) times it is smooth in u = (a - 5) / (a + 5), and far out
// it is 1 / a times a polynomial in 1 / a^2. Subtracting a from the quotient would cancel.

// ------------------------------------------------------------------------------------------------- Narrow

// Degree 15 up to a = 20, relative error 2^-34; degree 4 beyond, 2^-39.
SLOPES_INLINE double excess(double a, Narrow) {
  constexpr double c[] = {0x1.dd733d69e3f76p+0, -0x1.67941d3294c0ep+0, 0x1.7a2e5dd2a3577p-1, -0x1.7ad2b319bbc25p-3,
                          -0x1.618a31a36c92dp-4, 0x1.cf35e4c10aaf4p-4, -0x1.4ca5a22ec9acfp-5, -0x1.e07ec513111ffp-7,
                          0x1.6c3edbc9323e6p-6, -0x1.cb91f44c0906fp-8, -0x1.094e261765787p-8, 0x1.3114aae21f347p-8,
                          -0x1.761105ecea5efp-11, -0x1.94259bc29fe66p-10, 0x1.1803484576818p-11,
                          0x1.95124aa90b0cp-12};
  constexpr double d[] = {0x1.fffffffffcd95p-1, -0x1.ffffff84d37e5p+0, 0x1.3fff3edd8268ep+3, -0x1.27958ec48f205p+6,
                          0x1.48d37bb866a4dp+9};
  const double near = at_most(a, 20.0), w = 1.0 / (near + 5.0);
  const double inverse = 1.0 / at_least(a, 20.0);
  return select(a > 20.0, inverse * polynomial(d, inverse * inverse), polynomial(c, (near - 5.0) * w) * w);
}

// Phi(-a) for a >= 0.
SLOPES_INLINE double tail(double a, Narrow) {
  return normal_ratio(at_most(a, 20.0), Narrow{}) * exp_negative(0.5 * a * a, Narrow{});
}

// Below 0, Phi(-a) = phi(a) / (a + excess): logarithms of both, never of their underflowing quotient.
SLOPES_INLINE double log_ndtr(double x, Narrow) {
  const double a = __builtin_fabs(x), root_tau = 0x1.40d931ff62706p+1;
  const double below = -log(root_tau * (a + excess(a, Narrow{})), Narrow{}) - 0.5 * a * a;
  return select(x < 0, below, log1p(-tail(a, Narrow{}), Narrow{}));
}

// phi(a) / Phi(a) for a >= 0.
SLOPES_INLINE double hazard(double a, Narrow) {
  const double bell = exp_negative(0.5 * a * a, Narrow{});
  return bell * 0x1.9884533d43651p-2 / (1.0 - normal_ratio(at_most(a, 20.0), Narrow{}) * bell);
}

SLOPES_INLINE double inverse_mills(double x, Narrow) {
  const double a = __builtin_fabs(x);
  return select(x < 0, a + excess(a, Narrow{}), hazard(a, Narrow{}));
}

// erf(x) / x - 1 in x^2 up to 1, degree 7, error 2^-34 of erf.
SLOPES_INLINE double erf(double x, Narrow) {
  constexpr double c[] = {0x1.06eba82022eadp-3, -0x1.81274665754c3p-2, 0x1.ce2f08fec14fdp-4, -0x1.b829c897922e5p-6,
                          0x1.562a60ddba6e6p-8, -0x1.bccf664d7f763p-11, 0x1.d887505de3ba6p-14,
                          -0x1.445f47d33d87bp-17};
  const double a = __builtin_fabs(x), near = at_most(a, 1.0), square = near * near;
  const double far = 1.0 - 2.0 * tail(a * 0x1.6a09e667f3bcdp+0, Narrow{});
  return __builtin_copysign(select(a < 1.0, near + near * polynomial(c, square), far), x);
}

// --------------------------------------------------------------------------------------------------- Full

// Degree 28 up to a = 40, relative error 2^-55, its derivative to 0.3 %; degree 6 beyond.
SLOPES_INLINE double far_excess(double a) {
  constexpr double c[] = {0x1.0p+0, -0x1.ffffffffffffbp+0, 0x1.3ffffffffbdedp+3, -0x1.27ffffec9ed4ep+6,
                          0x1.60ffd4a7edbb3p+9, -0x1.fdee27e617cc8p+12, 0x1.a1059b1bd25adp+16};
  const double inverse = 1.0 / at_least(a, 40.0);
  return inverse * polynomial(c, inverse * inverse);
}

SLOPES_INLINE double excess(double a, Full) {
  constexpr Pair leading[] = {{0x1.dd733d69cc29ap+0, -0x1.04207f543c293p-55}, {-0x1.67941d2fd5197p+0, 0}, {0x1.7a2e5dea132dcp-1, 0}};
  constexpr double c[] = {  // from u^3 on
      -0x1.7ad2ba5a6ccc8p-3, -0x1.618a3cc1bc7dap-4, 0x1.cf373db0c1acbp-4, -0x1.4ca5810ad3043p-5,
      -0x1.e0f20bf9d5729p-7, 0x1.6c417f6867475p-6, -0x1.c6666834cfc6ep-8, -0x1.08df036b74e77p-8, 0x1.203b7519d3e5cp-8,
      -0x1.9d234cb504cbp-11, -0x1.1b7d553245747p-10, 0x1.8e82cfdebc36bp-11, -0x1.ca426d3df5f73p-19,
      -0x1.efc67e1099c6bp-13, 0x1.c56c545e44243p-14, 0x1.725874436fc02p-16, -0x1.6488e63391d23p-15,
      0x1.dbfcb23ebbcefp-17, 0x1.9317eece4acfdp-18, -0x1.1c171b8e408ep-17, 0x1.01181aa405b8p-19,
      0x1.729888a6cfa47p-19, -0x1.5bc0bf6b058a3p-20, -0x1.7ca65c40500f9p-21, 0x1.1c7b19007ef04p-22,
      0x1.0a50c13a5099cp-23};
  constexpr double p[] = {-0x1.678a95351a025p+0, 0x1.7b8210c263465p+0, -0x1.0e75056b432fap-1, -0x1.be1e0703cc67p-2,
                          0x1.c34fc5b6c776fp-2};
  const Pair near = over_centred(at_most(a, 40.0), leading, c, p);
  return select(a > 40.0, far_excess(a), near.high);
}

// Phi(-|x|) = value * scale.
SLOPES_INLINE Scaled tail(const Bell& b) {
  return {times(normal_ratio(b.a, Full{}), b.value.value), b.value.scale};
}

// log Phi(-a) = log ratio(a) - a^2 / 2, both of one sign; far out, ratio(a) is 1 / a times a polynomial in 1 / a^2.
SLOPES_INLINE double log_ndtr(double x, Full) {
  constexpr double c[] = {0x1.9884533d43651p-2, -0x1.9884533d4365p-2, 0x1.32633e6df17f8p+0, -0x1.7efc0dff99c09p+2,
                          0x1.4f1c764b5cdc6p+5, -0x1.78e6d804b3a92p+8, 0x1.f7ec3ff91c07bp+11};
  const Bell b = bell(x);
  const Pair near = normal_ratio(b.a, Full{});
  const Pair t = times(near, b.value.value);
  const double above = log1p(-t.high * b.value.scale, Full{}), gone = t.low * b.value.scale;
  const double a = __builtin_fabs(x), half = 0.5 * a, square = half * a;
  const double inverse = 1.0 / at_least(a, 40.0);
  const bool far = a > 40.0;
  const double ratio = select(far, inverse * polynomial(c, inverse * inverse), near.high);
  // Below 1e-150 or so the error of the square is nothing beside the logarithm; of infinity it is NaN.
  const double low = select(far, 0.0, near.low / near.high);
  const double lost = select(a < 0x1p450, product_error(half, a, square), 0.0);
  const double below = (log(ratio, Full{}) + (low - lost)) - square;
  return select(x < 0, below, above - gone * (1.0 + t.high * b.value.scale));
}

inline constexpr Pair density = {0x1.9884533d43651p-2, -0x1.cbc0d30ebfd15p-56};  // 1 / sqrt(2 pi)

// phi(a) / Phi(a) for a >= 0, rounded once where it is subnormal.
SLOPES_INLINE double hazard(double a, Full) {
  const Bell b = bell(a);
  const Scaled t = tail(b);
  const Pair phi = times(b.value.value, density);
  const Pair upper = fast_two_sum(1.0, -t.value.high * t.scale);
  const double quotient = phi.high / upper.high, low = upper.low - t.value.low * t.scale;
  const double rest = remainder(phi.high, quotient, upper.high) + (phi.low - quotient * low);
  return (quotient + rest / upper.high) * b.value.scale;
}

// erf(x) / x - 1 in x^2 up to 1, degree 12, error 2^-55 of erf; the larger part is added last. Beyond, the error of the tail
// is small beside 1.
SLOPES_INLINE double erf(double x, Full) {
  constexpr double c[] = {0x1.06eba8214db69p-3, -0x1.812746b0379e6p-2, 0x1.ce2f21a042b3p-4, -0x1.b82ce31284ep-6,
                          0x1.565bcd0dbaa38p-8, -0x1.c02db3dac435fp-11, 0x1.f9a321d5b8e1ep-14, -0x1.f4d1e3183f7aep-17,
                          0x1.b9df224ca4b97p-20, -0x1.5f1ecb6f0764cp-23, 0x1.f7b4bf3b13964p-27,
                          -0x1.389d4f2641625p-30, 0x1.05ffd737fb32ep-34};
  const double a = __builtin_fabs(x), near = at_most(a, 1.0), square = near * near;
  const double far = 1.0 - ndtr_times(2.0, -0x1.6a09e667f3bcdp+0 * a, Full{});
  return __builtin_copysign(select(a < 1.0, near + near * polynomial(c, square), far), x);
}

// phi(a) / Phi(-a), beyond 40 by the excess over a.
SLOPES_INLINE double inverse_mills(double x, Full) {
  const double a = __builtin_fabs(x);
  const Pair ratio = normal_ratio(at_most(a, 40.0), Full{});
  const double quotient = density.high / ratio.high;
  const double rest = remainder(density.high, quotient, ratio.high) + (density.low - quotient * ratio.low);
  const double below = select(a > 40.0, a + far_excess(a), quotient + rest / ratio.high);
  return select(x < 0, below, hazard(a, Full{}));
}

// ------------------------------------------------------------------------------------------------- either

template <class P>
SLOPES_INLINE double mills_excess(double x, P policy) {
  const double a = __builtin_fabs(x);
  return select(x < 0, excess(a, policy), a + hazard(a, policy));
}

}  // namespace slopes::detail
