// log(x), log(1 + x) and log(1 + e^-|x|).
#pragma once

#include "arithmetic.h"
#include "exponential.h"

namespace slopes::detail {

// x = 2^k m with sqrt(1/2) <= m < sqrt(2), for a positive normal x; exponent is k in the exponent field.
struct Split {
  double k, m;
  std::uint64_t exponent;
};

SLOPES_INLINE Split split(double x) {
  // Counted from sqrt(1/2), the exponent field turns over at the right place. An integer below 2^52 under the exponent
  // of 2^52 is that integer plus 2^52: the conversion that instruction sets before AVX-512 lack.
  const std::uint64_t biased = (bits_of(x) - 0x3fe6a09e667f3bcd + (std::uint64_t{1024} << 52)) >> 52;
  const std::uint64_t exponent = (biased - 1024) << 52;
  return {from_bits(biased | 0x4330000000000000) - (0x1p52 + 1024), from_bits(bits_of(x) - exponent), exponent};
}

// k ln 2 + log(1 + f). The polynomial is log(1 + f) / f, sqrt(1/2) - 1 <= f <= sqrt(2) - 1, degree 11,
// relative error 2^-33.2: longer than one in f / (2 + f), but without a division.
SLOPES_INLINE double log_parts(double k, double f, Narrow) {
  constexpr double c[] = {0x1.0000000026553p+0, -0x1.0000001c6660fp-1, 0x1.5555541d1f6e8p-2, -0x1.ffffa6b5ebdcep-3,
                          0x1.999a31a6996c1p-3, -0x1.5569526cc304ep-3, 0x1.249131483e46dp-3, -0x1.fc567196c4319p-4,
                          0x1.c36cd4ac0a022p-4, -0x1.bdb15712ee07fp-4, 0x1.b7aa3d2314333p-4, -0x1.ea4e500a33eccp-5};
  return k * 0x1.62e42fefa39efp-1 + f * polynomial(c, f);
}

inline constexpr double log_two = 0x1.62e42feep-1;

// k log_two + f less k ln 2 + log(1 + f), where the product is exact, because log_two has 32 bits. With s = f / (2 + f):
// log(1 + f) = 2 s + s t g(t), t = s^2 <= 0.0295; g has degree 6, error below 2^-59 of the logarithm. 2 s is written as
// f - f^2 / 2 + s f^2 / 2, so that the large term is exact (as in fdlibm).
SLOPES_INLINE double log_rest(double k, double f) {
  constexpr double g[] = {0x1.5555555555592p-1, 0x1.999999997fe06p-2, 0x1.24924941ed7a4p-2, 0x1.c71c520bf8905p-3,
                          0x1.74663e6d87bc1p-3, 0x1.39a1c6068a2f8p-3, 0x1.2f04fa309e86dp-3};
  const double s = f / (2.0 + f), t = s * s, half = 0.5 * f * f;
  return half - (s * (half + t * polynomial(g, t)) + k * 0x1.a39ef35793c76p-33);
}

SLOPES_INLINE double log_parts(double k, double f, Full) { return k * log_two - (log_rest(k, f) - f); }

// The logarithm where x is positive and finite; -inf, inf and NaN elsewhere.
SLOPES_INLINE double log_domain(double x, double inside) {
  return select((x > 0) & (x < infinity), inside, select(x == infinity, x, select(x == 0, -infinity, nan)));
}

// log(1 + x) where x is above -1 and finite: it has the sign of x, that of a zero included.
SLOPES_INLINE double log1p_domain(double x, double inside) {
  const double outside = select(x == infinity, x, select(x == -1.0, -infinity, nan));
  return select((x > -1.0) & (x < infinity), __builtin_copysign(inside, x), outside);
}

SLOPES_INLINE double log(double x, Narrow) {
  const Split parts = split(x);
  return log_domain(x, log_parts(parts.k, parts.m - 1.0, Narrow{}));
}

// A subnormal x is made normal first.
SLOPES_INLINE double log(double x, Full) {
  const bool subnormal = x < 0x1p-1022;
  const Split parts = split(x * (subnormal ? 0x1p54 : 1.0));
  return log_domain(x, log_parts(parts.k - (subnormal ? 54.0 : 0.0), parts.m - 1.0, Full{}));
}

// The rounding error of 1 + x, divided by 2^k, joins f: beside 0 that makes f equal to x.
SLOPES_INLINE double log1p_inside(double x, Narrow) {
  const double sum = 1.0 + x, error = x - (sum - 1.0);
  const Split parts = split(sum);
  const double down = from_bits(0x3ff0000000000000 - parts.exponent);  // 2^-k
  return log_parts(parts.k, (parts.m - 1.0) + error * down, Narrow{});
}

SLOPES_INLINE double log1p(double x, Narrow) { return log1p_domain(x, log1p_inside(x, Narrow{})); }

// 2^(1 - k) is a double even for the largest x. What f loses by the addition comes in through the derivative 1 / (1 + f)
// of the logarithm: it shows where k ln 2 and log(1 + f) cancel.
SLOPES_INLINE double log1p(double x, Full) {
  const Pair sum = two_sum(1.0, x);
  const Split parts = split(sum.high);
  const double error = sum.low * (0.5 * from_bits(0x4000000000000000 - parts.exponent));
  const Pair f = two_sum(parts.m - 1.0, error);
  return log1p_domain(x, log_parts(parts.k, f.high, Full{}) + f.low * (1.0 - f.high + f.high * f.high));
}

// x - log(1 + x) for either policy: x - k ln 2 - f is exact in pairs, and 0 for k = 0, so that beside 0 the rest, about
// x^2 / 2, is all there is. What that square loses comes back, but where it would be subnormal.
SLOPES_INLINE double log1p_excess(double x) {
  const Pair sum = two_sum(1.0, x);
  const Split parts = split(sum.high);
  const double error = sum.low * (0.5 * from_bits(0x4000000000000000 - parts.exponent));
  const Pair f = two_sum(parts.m - 1.0, error);
  const Pair first = two_sum(x, -parts.k * log_two), second = two_sum(first.high, -f.high);
  const double half = 0.5 * f.high, square = half * f.high;
  const double lost = select(__builtin_fabs(x) > 0x1p-400, product_error(half, f.high, square), 0.0);
  const double low = (first.low + second.low) + (lost - f.low * (1.0 - f.high + f.high * f.high));
  const double inside = second.high + (log_rest(parts.k, f.high) + low);
  return select((x > -1.0) & (x < infinity), inside, select((x == infinity) | (x == -1.0), infinity, nan));
}

// log(1 + e) for e = e^-|x|, which lies in [0, 1]: there is no exponent to split off and no argument out of the domain,
// which halves the work. The polynomial is log(1 + e) / e: degree 11, relative error 2^-33.
SLOPES_INLINE double log1p_exp(double x, Narrow) {
  constexpr double c[] = {0x1.fffffffefc927p-1,  -0x1.fffffda6dcdbbp-2, 0x1.5554e12d40c82p-2,  -0x1.ffee3ea6cfe39p-3,
                          0x1.98e3b10e5804ep-3,  -0x1.50f475d1cd1a7p-3, 0x1.12f9ca934f992p-3,  -0x1.9eb1d15a87c18p-4,
                          0x1.062d26978f2eap-4,  -0x1.ee58ef906c77ep-6, 0x1.2990c8214fc9ep-7,  -0x1.4fb3d2485b52fp-10};
  const double e = exp_negative(__builtin_fabs(x), Narrow{});
  return e * polynomial(c, e);
}

// With s = e / (2 + e): log(1 + e) = 2 s + s t g(t), t = s^2 <= 1/9.
// g: degree 9, error 2^-58 of the logarithm. The low part of e enters through 1 / (1 + e), here 1 - 2 s + 2 s^2 or so.
SLOPES_INLINE double log1p_exp(double x, Full) {
  constexpr double g[] = {0x1.5555555555535p-1, 0x1.99999999a0833p-2, 0x1.2492492085cadp-2, 0x1.c71c741f6810fp-3,
                          0x1.745cb39ff7556p-3, 0x1.3b1de2caa15e2p-3, 0x1.10676ce199122p-3, 0x1.efdd4396908a8p-4,
                          0x1.559d5648634b8p-4, 0x1.5c8970919e45bp-3};
  const Scaled scaled = exp_negative(__builtin_fabs(x), Full{});
  const double e = scaled.value.high * scaled.scale, low = scaled.value.low * scaled.scale;
  const double s = e / (2.0 + e), t = s * s, half = 0.5 * e * e;
  return e - (half - (s * (half + t * polynomial(g, t)) + low * (1.0 - 2.0 * (s - t))));
}

}  // namespace slopes::detail
