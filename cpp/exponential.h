// e^x and what is made of it: e^x - 1, the sigmoid, the hyperbolic tangent and what it takes from x.
#pragma once

#include "arithmetic.h"

namespace slopes::detail {

// Both reductions write x = n ln 2 + r with |r| <= ln(2) / 2. Adding 1.5 2^52 rounds x / ln 2 to an integer and leaves
// it in the low bits; adding the exponent's bias as well makes those bits, shifted by 52, the double 2^n.

// ------------------------------------------------------------------------------------------------- Narrow

// The parts of e^x = power (1 + less_one): power = 2^n, less_one = e^r - 1 = r Q(r).
struct NarrowExp {
  double power, less_one;
};

// For x in [-709.09, 709.79] and NaN. At the lower end 2^-1023 becomes 0 and with it the result, at the upper end
// 2^1024 becomes infinity: clamped there, the limits come out by themselves.
// Q interpolates (e^r - 1) / r on |r| <= ln(2) / 2: degree 6, relative error 2^-31.0, and none where the derivatives of
// silu, gelu_tanh, mish and gelu cross zero (r = 0.1078, 0.1551, 0.1939, -0.2826): there it would be magnified.
SLOPES_INLINE NarrowExp narrow_exp(double x) {
  constexpr double q[] = {0x1.fffffffd01595p-1,  0x1.0000001ddf8cep-1,  0x1.5555588f2deafp-3, 0x1.5554c722f6d2fp-5,
                          0x1.110e6cd930bc8p-7,  0x1.6d5cae1bf392dp-10, 0x1.a320ec6572ff5p-13};
  const double shifted = x * 0x1.71547652b82fep+0 + (0x1.8p52 + 1023);
  const double n = shifted - (0x1.8p52 + 1023);
  const double r = x - n * 0x1.62e42fefa39efp-1;
  return {from_bits(bits_of(shifted) << 52), r * polynomial(q, r)};
}

inline constexpr double narrow_lowest = -709.09;  // 2^n = 0 here, and n = -1023

SLOPES_INLINE double exp(double x, Narrow) {
  const NarrowExp e = narrow_exp(at_most(at_least(x, narrow_lowest), 709.79));
  return e.power * (1.0 + e.less_one);
}

// e^-a for a >= 0.
SLOPES_INLINE double exp_negative(double a, Narrow) {
  const NarrowExp e = narrow_exp(at_least(-a, narrow_lowest));
  return e.power * (1.0 + e.less_one);
}

// In double the difference of two float32 has an error that its exponential does not see.
SLOPES_INLINE double exp_difference(double x, double y, Narrow) { return exp(x - y, Narrow{}); }

// 1 - e^-a cancels beside 0; e^-a - 1 = 2^n (e^r - 1) + (2^n - 1) does not.
SLOPES_INLINE double tanh(double x, Narrow) {
  const NarrowExp e = narrow_exp(at_least(-__builtin_fabs(2.0 * x), narrow_lowest));
  const double less_one = e.power * e.less_one + (e.power - 1.0);
  return __builtin_copysign(less_one / (2.0 + less_one), x);
}

// Where 2^n is infinite, so is the result, but (e^r - 1) 2^n + 2^n need not be.
SLOPES_INLINE double expm1(double x, Narrow) {
  const NarrowExp e = narrow_exp(at_most(at_least(x, narrow_lowest), 709.0));
  return select(x > 709.0, infinity, __builtin_copysign(e.power * e.less_one + (e.power - 1.0), x));
}

// x - tanh(x): up to 1 by a polynomial, (x - tanh(x)) / x^3 in x^2, degree 9, error 2^-34; beyond, little cancels.
SLOPES_INLINE double tanh_remainder(double x, Narrow) {
  constexpr double c[] = {0x1.555555551d678p-2, -0x1.111110b980236p-3, 0x1.ba1b741ccc3b5p-5, -0x1.664aa20070498p-6,
                          0x1.222fdc6b54fd3p-7, -0x1.d303fa4e01a45p-9, 0x1.6b0434b73a285p-10, -0x1.f51c6b8b24dcbp-12,
                          0x1.019fb9466fda9p-13, -0x1.13ff9c7ed3c87p-16};
  const double near = at_most(at_least(x, -1.0), 1.0), square = near * near;
  return select(__builtin_fabs(x) > 1.0, x - tanh(x, Narrow{}), near * square * polynomial(c, square));
}

// sigmoid(x) = 1 / (1 + e^-|x|) or e^-|x| / (1 + e^-|x|): nothing cancels, nothing overflows.
SLOPES_INLINE double sigmoid(double x, Narrow) {
  const double e = exp_negative(__builtin_fabs(x), Narrow{});
  return (x < 0 ? e : 1.0) / (1.0 + e);
}

SLOPES_INLINE double sigmoid_times(double y, double x, Narrow) {
  return times_vanishing(y, sigmoid(x, Narrow{}), Narrow{});
}

// --------------------------------------------------------------------------------------------------- Full

// A value that may be below the normal numbers: (high + low) scale. Unscaled it is normal, so that a product with it is
// rounded into the subnormal range only once.
struct Scaled {
  Pair value;
  double scale;
};

// The parts of e^x = 2^n (1 + r + tail), tail = e^r - 1 - r with the error of r in it.
struct FullExp {
  double shifted, r, tail;
};

// x + error, for |x| <= 800. The first part of ln 2 has 32 bits, so that its product with n and the difference from x
// are exact. g: (e^r - 1 - r - r^2 / 2) / r^3, degree 9; its error is below 2^-60 of e^r - 1.
SLOPES_INLINE FullExp full_exp(double x, double error) {
  constexpr double g[] = {0x1.5555555555559p-3,  0x1.5555555555559p-5,  0x1.111111110f6dep-7,  0x1.6c16c16c14a51p-10,
                          0x1.a01a01afd51e4p-13, 0x1.a01a01af73140p-16, 0x1.71ddf8777003dp-19, 0x1.27e4c7a608fdep-22,
                          0x1.af5e86624a5b9p-26, 0x1.1f92ea6a82671p-29};
  const double shifted = x * 0x1.71547652b82fep+0 + (0x1.8p52 + 1022);
  const double n = shifted - (0x1.8p52 + 1022);
  const double exact = x - n * 0x1.62e42feep-1, rest = n * 0x1.a39ef35793c76p-33 - error;
  const double r = exact - rest, lost = (exact - r) - rest;
  const double square = r * r;
  return {shifted, r, 0.5 * square + (lost + r * (lost + square * polynomial(g, r)))};
}

// e^(x + error) for x in [-800, 710] and NaN, as a pair to about 2^-57. The scale 2 keeps 2^1024 representable, the
// scale 2^-255 keeps e^-800 normal.
SLOPES_INLINE Scaled exp_scaled(double x, double error) {
  const FullExp e = full_exp(x, error);
  const bool tail = x < -600.0;
  const double power = from_bits((bits_of(e.shifted) + (tail ? 256 : 0)) << 52);
  const Pair head = fast_two_sum(1.0, e.r);
  const Pair sum = fast_two_sum(head.high, head.low + e.tail);
  return {{power * sum.high, power * sum.low}, tail ? 0x1p-255 : 2.0};
}

SLOPES_INLINE double exp(double x, Full, double error = 0.0) {
  const Scaled e = exp_scaled(at_most(at_least(x, -800.0), 710.0), error);
  return e.value.high * e.scale;
}

// e^-(a + error) for a >= 0.
SLOPES_INLINE Scaled exp_negative(double a, Full, double error = 0.0) {
  return exp_scaled(-at_most(a, 800.0), -error);
}

SLOPES_INLINE double exp_difference(double x, double y, Full) {
  const Pair difference = two_sum(x, -y);
  // Outside, the result is 0 or infinite, and the error large or NaN.
  const bool inside = __builtin_fabs(difference.high) < 800.0;
  return exp(difference.high, Full{}, select(inside, difference.low, 0.0));
}

// Beyond this, y e^-a underflows for every y that a definition can give it.
inline constexpr double full_gone = 780.0;

// 2^n - 1 and 2^n r lose nothing, so that only the tail of e^r is rounded. Half of it, because 2^1024 is no double.
SLOPES_INLINE double expm1(double x, Full) {
  const FullExp e = full_exp(at_most(at_least(x, -40.0), 710.0), 0.0);
  const double power = from_bits(bits_of(e.shifted) << 52);
  const Pair base = two_sum(power, -0.5);
  const Pair head = two_sum(base.high, power * e.r);
  const double value = 2.0 * (head.high + (power * e.tail + (head.low + base.low)));
  return select(__builtin_fabs(x) < 0x1p-60, x, __builtin_copysign(value, x));  // half of x may be subnormal
}

// e^x - 1 - x for either policy: its series between -1 and 1.5, to 1e-17; beyond them the difference loses less than two
// bits, and at infinity it is e^x.
SLOPES_INLINE double expm1_excess(double x) {
  constexpr double c[] = {
      0x1p-1, 0x1.5555555555555p-3, 0x1.5555555555555p-5, 0x1.1111111111111p-7, 0x1.6c16c16c16c17p-10,
      0x1.a01a01a01a01ap-13, 0x1.a01a01a01a01ap-16, 0x1.71de3a556c734p-19, 0x1.27e4fb7789f5cp-22,
      0x1.ae64567f544e4p-26, 0x1.1eed8eff8d898p-29, 0x1.6124613a86d09p-33, 0x1.93974a8c07c9dp-37,
      0x1.ae7f3e733b81fp-41, 0x1.ae7f3e733b81fp-45, 0x1.952c77030ad4ap-49, 0x1.6827863b97d97p-53,
      0x1.2f49b46814157p-57, 0x1.e542ba4020225p-62, 0x1.71b8ef6dcf572p-66, 0x1.0ce396db7f853p-70,
      0x1.761b41316381ap-75};
  const double near = at_most(at_least(x, -1.0), 1.5);
  return select(near == x, near * near * polynomial(c, near), expm1(x, Full{}) - at_most(x, 1000.0));
}

// tanh(|x|) to about 2^-58: e^-2|x| - 1 as a pair, with the care of expm1, and its quotient.
SLOPES_INLINE Pair tanh_pair(double x) {
  const FullExp e = full_exp(-2.0 * at_most(__builtin_fabs(x), 22.0), 0.0);
  const double power = 2.0 * from_bits(bits_of(e.shifted) << 52);
  const Pair base = fast_two_sum(-1.0, power);
  const Pair head = fast_two_sum(base.high, power * e.r);
  const Pair numerator = fast_two_sum(head.high, power * e.tail + (head.low + base.low));
  Pair denominator = fast_two_sum(2.0, numerator.high);
  denominator.low += numerator.low;
  const double inverse = 1.0 / denominator.high;
  const double quotient = numerator.high * inverse;
  const double residual = remainder(numerator.high, quotient, denominator.high) +
                          (numerator.low - quotient * denominator.low);
  return {-quotient, -residual * inverse};
}

SLOPES_INLINE double tanh(double x, Full) {
  const Pair t = tanh_pair(x);
  return __builtin_copysign(t.high + t.low, x);
}

// Up to 1, x^3 times a polynomial of degree 15, error 2^-55: what x^3, 1/3 and their product lose is carried along, but
// where it would be subnormal. Beyond, tanh enters as a pair.
SLOPES_INLINE double tanh_remainder(double x, Full) {
  constexpr double c[] = {-0x1.11111111110b9p-3, 0x1.ba1ba1ba1453ep-5, -0x1.664f4880d2a47p-6, 0x1.226e3519865dfp-7,
                          -0x1.d6d3c538d0bbep-9, 0x1.7da2bdc3daa27p-10, -0x1.3551ae34bdfffp-11, 0x1.f5211730ee038p-13,
                          -0x1.94981e5bdbe6fp-14, 0x1.42090e21d3d28p-15, -0x1.ea19b73b128d8p-17,
                          0x1.4eb911dcd9788p-18, -0x1.7238a0a7e22b6p-20, 0x1.1ab979c0ab58cp-22,
                          -0x1.b028f6cb72ebfp-26};
  const double a = __builtin_fabs(x), near = at_most(a, 1.0), square = near * near, cube = near * square;
  Pair factor = fast_two_sum(0x1.5555555555555p-2, square * polynomial(c, square));
  factor.low += 0x1.5555555555555p-56;
  const double lost = product_error(near, square, cube) + near * product_error(near, near, square);
  const double product = cube * factor.high;
  const double rest = product_error(cube, factor.high, product) + (cube * factor.low + lost * factor.high);
  const Pair t = tanh_pair(x), far = two_sum(a, -t.high);
  const double within = product + select(near > 0x1p-340, rest, 0.0);
  const double beyond = select(a > 0x1p60, a, far.high + (far.low - t.low));  // the error of infinity is NaN
  return __builtin_copysign(select(a > 1.0, beyond, within), x);
}

// e^-|x| = m 2^n for |x| <= 800, m to about 2^-57; power = 2^(n + 256) is normal even there.
struct SplitExp {
  Pair m;
  double power;
};

inline constexpr double split_scale = 0x1p-256;

SLOPES_INLINE SplitExp split_exp(double x) {
  const FullExp e = full_exp(-at_most(__builtin_fabs(x), 800.0), 0.0);
  const Pair head = fast_two_sum(1.0, e.r);
  return {fast_two_sum(head.high, head.low + e.tail), from_bits((bits_of(e.shifted) + 257) << 52)};
}

// sigmoid(x) = value power scale, the last two 1 for x >= 0. Only the last product may be subnormal.
struct ScaledSigmoid {
  double value, power, scale;
};

// m / (1 + m 2^n) or 1 / (1 + m 2^n): the quotient of the high parts and, from the remainder and the low parts, the rest.
SLOPES_INLINE ScaledSigmoid scaled_sigmoid(double x, const SplitExp& e) {
  const double down = e.power * split_scale;
  const Pair d = fast_two_sum(1.0, e.m.high * down);
  const bool negative = x < 0;
  const double n = select(negative, e.m.high, 1.0), low = select(negative, e.m.low, 0.0);
  const double inverse = 1.0 / d.high, quotient = n * inverse;
  const double left = remainder(n, quotient, d.high) + (low - quotient * (d.low + e.m.low * down));
  return {quotient + left * inverse, select(negative, e.power, 1.0), select(negative, split_scale, 1.0)};
}

SLOPES_INLINE double sigmoid(double x, const SplitExp& e) {
  const ScaledSigmoid s = scaled_sigmoid(x, e);
  return s.value * s.power * s.scale;
}

SLOPES_INLINE double sigmoid_times(double y, double x, const SplitExp& e) {
  const ScaledSigmoid s = scaled_sigmoid(x, e);
  return vanish(x < -full_gone, y, y * s.value * s.power * s.scale);
}

SLOPES_INLINE double sigmoid(double x, Full) { return sigmoid(x, split_exp(x)); }
SLOPES_INLINE double sigmoid_times(double y, double x, Full) { return sigmoid_times(y, x, split_exp(x)); }

}  // namespace slopes::detail
