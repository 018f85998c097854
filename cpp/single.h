// Values of the most used activations, and the derivative of tanh, in float32 arithmetic: twice as many numbers in a vector as
// in double.
//
// What rounding to float32 would lose is carried along in a low part, so that the one rounding at the end leaves
// 0.55 to 0.8 ULP, and 0.9 among subnormal results, which are rounded twice. Only with fused multiply-add, and only at the
// parameters that a function has by default; elsewhere the values come from the definition, in double.
#pragma once

#include "arithmetic.h"

#ifdef __FMA__

namespace slopes::single {

// A number as the sum of two; |low| at most about half a unit in the last place of high.
struct Pair {
  float high, low;
};

SLOPES_INLINE constexpr std::uint32_t bits_of(float x) { return std::bit_cast<std::uint32_t>(x); }
SLOPES_INLINE float fma(float x, float y, float z) { return __builtin_fmaf(x, y, z); }

// A clamp that lets a NaN in x through.
SLOPES_INLINE float at_most(float x, float limit) { return limit < x ? limit : x; }

// x + y without rounding, for |x| >= |y| (Dekker); for any two (Knuth).
SLOPES_INLINE Pair fast_two_sum(float x, float y) {
  const float sum = x + y;
  return {sum, y - (sum - x)};
}
SLOPES_INLINE Pair two_sum(float x, float y) {
  const float sum = x + y, back = sum - x;
  return {sum, (x - (sum - back)) + (y - back)};
}

// n / d to about 2^-44.
SLOPES_INLINE Pair quotient(Pair n, Pair d) {
  const float inverse = 1.0f / d.high, high = n.high * inverse;
  const float left = fma(-high, d.high, n.high) + fma(-high, d.low, n.low);
  return {high, left * inverse};
}

// The parts of e^-x = 2^(exponent - 127) (1 + r + tail), for |x| <= 112 and NaN.
struct Exponential {
  float r, tail;
  std::int32_t exponent;
};

// -x = n ln 2 + r + rest, |r| <= ln(2) / 2. The first part of ln 2 has 15 bits, so that r is exact. p: (e^s - 1 - s) / s^2,
// whose error is below 2^-28 of e^s in degree 4, and 2^-34 in degree 5.
template <int degree>
SLOPES_INLINE Exponential exp_negative(float x) {
  constexpr float p[2][6] = {
      {0x1.fffffcp-2f, 0x1.555492p-3f, 0x1.5558f2p-5f, 0x1.123a20p-7f, 0x1.6a23f2p-10f},
      {0x1.000000p-1f, 0x1.555554p-3f, 0x1.55548ep-5f, 0x1.111272p-7f, 0x1.6d8d52p-10f, 0x1.9f085cp-13f}};
  constexpr float magic = 0x1.8p23f + 127;  // adding it rounds to an integer and leaves that in the low bits
  const float shifted = fma(-x, 0x1.715476p+0f, magic), n = shifted - magic;
  const float r = fma(n, -0x1.62e4p-1f, -x), rest = n * -0x1.7f7d1cp-20f, s = r + rest;
  const float (&c)[6] = p[degree - 4];
  const float square = s * s, end = degree == 5 ? c[5] * s + c[4] : c[4];
  const float q = (end * square + (c[3] * s + c[2])) * square + (c[1] * s + c[0]);
  return {r, fma(square, q, rest), static_cast<std::int32_t>(bits_of(shifted) - bits_of(0x1.8p23f))};
}

// 1 + r + tail, renormalised: tail is no low part, it reaches 0.06.
SLOPES_INLINE Pair mantissa(const Exponential& e) {
  const Pair head = fast_two_sum(1.0f, e.r);
  return fast_two_sum(head.high, head.low + e.tail);
}

// 2^(exponent - 127), 0 for a negative exponent.
SLOPES_INLINE float power(std::int32_t exponent) {
  return std::bit_cast<float>(static_cast<std::uint32_t>(exponent < 0 ? 0 : exponent) << 23);
}

inline constexpr float gone = 112.0f;  // e^-x is below half the smallest float32
inline constexpr float down = 0x1p-64f;
inline constexpr std::int32_t doublings = 64;

// e^-x = (m.high + m.low) power, the power 2^`raised` times as large.
struct SplitExp {
  Pair m;
  float power;
};

SLOPES_INLINE SplitExp split_exp(float x, std::int32_t raised) {
  const Exponential e = exp_negative<4>(x);
  return {mantissa(e), power(e.exponent + raised)};
}

// |x| up to a limit, which a NaN becomes: whoever calls puts it back. As an integer: the multipliers, which also compare,
// are the busier part of the processor.
SLOPES_INLINE float magnitude(float x, float limit) {
  const std::uint32_t bits = bits_of(x) & 0x7fffffffu;
  return std::bit_cast<float>(bits < bits_of(limit) ? bits : bits_of(limit));
}

// x between -gone and gone.
SLOPES_INLINE float clamped(float x) {
  return std::bit_cast<float>(bits_of(magnitude(x, gone)) | (bits_of(x) & 0x80000000u));
}

// sigmoid(x) = down (inverse + inverse error), |x| <= gone. 1 + e^-x is made 2^64 times smaller, lest it overflow; then no
// part of its inverse is subnormal.
struct Sigmoid {
  float inverse, error;
};

SLOPES_INLINE SplitExp split_sigmoid(float x) { return split_exp(clamped(x), -doublings); }

SLOPES_INLINE Sigmoid enlarged_sigmoid(const SplitExp& e) {
  const Pair d = two_sum(down, e.power * e.m.high);
  const float inverse = 1.0f / d.high;
  return {inverse, fma(-inverse, fma(e.power, e.m.low, d.low), fma(-inverse, d.high, 1.0f))};
}

SLOPES_INLINE float sigmoid(float x, const SplitExp& e) {
  const Sigmoid s = enlarged_sigmoid(e);
  const float value = fma(s.error, s.inverse, s.inverse) * down;
  return x == x ? value : x;
}

// Above `gone`, silu(x) rounds to x.
SLOPES_INLINE float silu(float x, const SplitExp& e) {
  const float y = clamped(x);
  const Sigmoid s = enlarged_sigmoid(e);
  const float high = y * s.inverse, low = fma(high, s.error, fma(y, s.inverse, -high));
  return x <= gone ? (high + low) * down : x;
}

// tanh(|x|) = -n / d with n = e^-2|x| - 1, d = e^-2|x| + 1. In n, 2^k - 1 and 2^k (e^r - 1) are kept apart, so that nothing
// cancels.
struct TanhParts {
  Pair less_one, n, d;  // e^r - 1
  std::int32_t exponent;
};

SLOPES_INLINE TanhParts tanh_parts(float x) {
  const Exponential e = exp_negative<5>(at_most(2 * __builtin_fabsf(x), gone));
  const float p = power(e.exponent);
  const Pair less_one = fast_two_sum(e.r, e.tail), base = fast_two_sum(-1.0f, p);
  Pair n = fast_two_sum(base.high, p * less_one.high);
  n.low += fma(p, less_one.low, base.low);
  Pair d = fast_two_sum(2.0f, n.high);
  d.low += n.low;
  return {less_one, n, d, e.exponent};
}

SLOPES_INLINE float tanh(float x, const TanhParts& t) {
  const Pair q = quotient(t.n, t.d);
  return __builtin_copysignf(q.high + q.low, x);
}

// 4 e^-2|x| / d^2, the exponential and the square of 1 / d as pairs.
SLOPES_INLINE float tanh_derivative(const TanhParts& t) {
  Pair m = fast_two_sum(1.0f, t.less_one.high);
  m.low += t.less_one.low;
  const float inverse = 1.0f / t.d.high, error = fma(-inverse, t.d.low, fma(-inverse, t.d.high, 1.0f));
  const float square = inverse * inverse, low = fma(2 * square, error, fma(inverse, inverse, -square));
  const float high = m.high * square, rest = fma(m.high, low, fma(m.low, square, fma(m.high, square, -high)));
  return (high + rest) * power(t.exponent + doublings + 2) * down;
}

// max(x, 0) + log(1 + e^-|x|). With s = e / (2 + e), log(1 + e) = 2 s + s t g(t), t = s^2 <= 1/9; g has degree 4, error
// 2^-33 of the logarithm. s is made 2^64 times as large until the end.
SLOPES_INLINE SplitExp split_softplus(float x) { return split_exp(at_most(__builtin_fabsf(x), gone), doublings); }

SLOPES_INLINE float softplus(float x, const SplitExp& e) {
  constexpr float g[] = {0x1.555558p-1f, 0x1.9996a8p-2f, 0x1.250972p-2f, 0x1.b6d69cp-3f, 0x1.f1aefcp-3f};
  const float power = e.power * down;
  Pair d = fast_two_sum(2.0f, power * e.m.high);
  d.low = fma(power, e.m.low, d.low);
  const Pair s = quotient({e.power * e.m.high, e.power * e.m.low}, d);
  const float plain = s.high * down, t = plain * plain;
  const float q = (((g[4] * t + g[3]) * t + g[2]) * t + g[1]) * t + g[0];
  const Pair sum = two_sum(x > 0 ? x : 0.0f, 2 * s.high * down);
  const float value = sum.high + fma(fma(s.high * t, q, 2 * s.low), down, sum.low);
  return x > 0x1p100f ? x : value;  // the rounding error of infinity is NaN
}

// 2 + down (x.high + x.low), also where the second term is the larger one: then it is below 2^24, or 2 no longer counts.
SLOPES_INLINE Pair two_and(Pair x) {
  const float sum = fma(x.high, down, 2.0f);
  return {sum, fma(x.low, down, fma(x.high, down, 2.0f - sum))};
}

// x n / (n + 2) with n = e (e + 2), e = e^x; from x = 12 on this rounds to x. e and n are made 2^64 times as large, lest they
// be subnormal.
SLOPES_INLINE SplitExp split_mish(float x) { return split_exp(-at_most(clamped(x), 12.0f), doublings); }

SLOPES_INLINE float mish(float x, const SplitExp& parts) {
  const float y = at_most(clamped(x), 12.0f);
  const Pair e = {parts.power * parts.m.high, parts.power * parts.m.low}, f = two_and(e);
  const float product = e.high * f.high;
  const Pair n = {product, fma(e.low, f.high, fma(e.high, f.low, fma(e.high, f.high, -product)))};
  const Pair q = quotient(n, two_and(n));
  const float high = y * q.high, low = fma(y, q.low, fma(y, q.high, -high));
  return x <= 12.0f ? (high + low) * down : x;
}

// x Phi(x) = max(x, 0) - a Phi(-a), a = |x|; Phi(-a) = e^(-a^2 / 2) w P(w), w = 1 / (a + 3). In double: the low parts would
// cost more. P: degree 10 for 0 <= a <= 14.6, relative error 2^-30. e^(-a^2 / 2) = 2^n 2^f, |f| <= 1/2, with n in the low
// bits of `shifted`; q: 2^f, degree 6, relative error 2^-29.
SLOPES_INLINE float gelu(float x) {
  constexpr double p[] = {0x1.98857d831a2e2p-2,  0x1.3246f4baeff63p+0, 0x1.9ad906b6b9094p+1,  0x1.af658d11ed05cp+2,
                          0x1.2be326b6da5bbp+4,  -0x1.f1491dd408dd9p+5, 0x1.b6f3e81bfb898p+8, -0x1.216a51546d251p+11,
                          0x1.639cc29a52552p+12, -0x1.a9b9524eae2e5p+12, 0x1.9ba637762ba0bp+11};
  constexpr double q[] = {0x1.00000002614fcp+0,  0x1.62e430c7e9217p-1,  0x1.ebfbdadcb0516p-3, 0x1.c6aed4b952b44p-5,
                          0x1.3b2dbbc148047p-7, 0x1.5f456a89fc5fap-10, 0x1.41d333379cbfcp-13};
  constexpr double half_log2_e = 0x1.71547652b82fep-1;
  const double a = magnitude(x, 15.0f);  // beyond, a Phi(-a) is below half the smallest float32
  const double w = 1.0 / (a + 3.0), square = a * a;
  const double shifted = 0x1.8p52 - square * half_log2_e, n = shifted - 0x1.8p52, f = -n - square * half_log2_e;
  const double power = (((((q[6] * f + q[5]) * f + q[4]) * f + q[3]) * f + q[2]) * f + q[1]) * f + q[0];
  const double tail = detail::polynomial(p, w) * (w * power);
  const double ndtr = detail::from_bits(detail::bits_of(tail) + (detail::bits_of(shifted) << 52));
  return static_cast<float>((x < 0 ? 0.0f : x) - a * ndtr);
}

}  // namespace slopes::single

#endif

// Of a function F of the register: whether its value stands here, and for which parameters.
template <template <class> class F>
struct InSingle {
  static constexpr bool is_here = false, with_derivative = false;
};

#ifdef __FMA__

// `shares`: in one pass with the derivative the definition is faster, as both need the same exponential.
#define SLOPES_SINGLE(Type, condition, shares, code)                  \
  template <>                                                        \
  struct InSingle<Type> {                                            \
    static constexpr bool is_here = true, with_derivative = !shares; \
    static bool serves([[maybe_unused]] const double* given) { return condition; } \
    SLOPES_INLINE float value(float x) { return code; }              \
  };

// The same of two halves, the exponential and the rest, which may be computed apart (halves.h).
#define SLOPES_SINGLE_HALVES(Type, condition, shares, exponential, code)                    \
  template <>                                                                               \
  struct InSingle<Type> {                                                                   \
    static constexpr bool is_here = true, with_derivative = !shares;                        \
    using Split = slopes::single::SplitExp;                                                 \
    static bool serves([[maybe_unused]] const double* given) { return condition; }          \
    SLOPES_INLINE Split split(float x) { return slopes::single::exponential(x); }           \
    SLOPES_INLINE float value(float x, const Split& e) { return code; }                     \
    SLOPES_INLINE float value(float x) { return value(x, split(x)); }                       \
  };

SLOPES_SINGLE(GELU, true, true, slopes::single::gelu(x))
template <>
struct InSingle<Tanh> {
  static constexpr bool is_here = true, with_derivative = true;
  static bool serves(const double*) { return true; }
  SLOPES_INLINE float value(float x) { return slopes::single::tanh(x, slopes::single::tanh_parts(x)); }
  SLOPES_INLINE void value_and_derivative(float x, float& value, float& derivative) {
    const slopes::single::TanhParts parts = slopes::single::tanh_parts(x);
    value = slopes::single::tanh(x, parts);
    derivative = slopes::single::tanh_derivative(parts);
  }
};
SLOPES_SINGLE_HALVES(Sigmoid, true, false, split_sigmoid, slopes::single::sigmoid(x, e))
SLOPES_SINGLE_HALVES(SiLU, given[0] == 1, false, split_sigmoid, slopes::single::silu(x, e))
SLOPES_SINGLE_HALVES(Softplus, given[0] == 1, false, split_softplus, slopes::single::softplus(x, e))
SLOPES_SINGLE_HALVES(Mish, true, true, split_mish, slopes::single::mish(x, e))
SLOPES_SINGLE_HALVES(LogSigmoid, true, false, split_softplus, -slopes::single::softplus(-x, e))

#endif
