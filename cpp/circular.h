// Sine, cosine and arc tangent.
#pragma once

#include "arithmetic.h"
#include "two_over_pi.h"

namespace slopes::detail {

// ------------------------------------------------------------------------------------------ sine and cosine

// Arguments are reduced by the method of Payne and Hanek, the huge ones as all others: a 2/pi modulo 4 from those digits
// of 2/pi alone that matter. Chunk k of the table holds binary digits 53 k + 1 to 53 (k + 1), as a number below 1. While
// a >= 2^107, it is made 2^53 times smaller and the first chunk left out, which can only add multiples of 4, because a is
// one: by halving steps of 16, 8, 4, 2 and 1 chunks, as in a barrel shifter. A gather from a table costs ten times as much.

inline constexpr int parts = 5;  // enough for 2^-118: no double but 0 is nearer than 2^-61 to a multiple of pi/2

struct Digits {
  double a, chunk[20];
};

// The first `count` chunks, or the same number of chunks after `step`.
SLOPES_INLINE Digits shifted(Digits digits, int step, int count, double limit, double down) {
  const bool beyond = digits.a >= limit;
#pragma GCC unroll 20
  for (int i = 0; i < count; ++i) digits.chunk[i] = select(beyond, digits.chunk[i + step], digits.chunk[i]);
  digits.a *= select(beyond, down, 1.0);
  return digits;
}

// Beyond 16 chunks no step of 8 or 4 can follow: there are 1024 digits before the point at most.
SLOPES_INLINE Digits digits_for(double a) {
  constexpr int most = 20;
  const bool beyond = a >= 0x1p902;
  Digits digits = {a * select(beyond, 0x1p-848, 1.0), {}};
#pragma GCC unroll 20
  for (int i = 0; i < most; ++i) {
    digits.chunk[i] = i < 8 ? select(beyond, two_over_pi[i + 16], two_over_pi[i]) : two_over_pi[i];
  }
  digits = shifted(digits, 8, 12, 0x1p478, 0x1p-424);
  digits = shifted(digits, 4, 8, 0x1p266, 0x1p-212);
  digits = shifted(digits, 2, 6, 0x1p160, 0x1p-106);
  return shifted(digits, 1, parts, 0x1p107, 0x1p-53);
}

// a = (4 i + quarters + remainder) pi/2 for a whole number i, |remainder| <= 1/2 or just above.
struct Turn {
  std::uint64_t quarters;
  Pair remainder;
};

SLOPES_INLINE double whole(double x) { return __builtin_rint(x); }

// x less a multiple of 4, exactly.
SLOPES_INLINE double less_turns(double x) { return x - 4.0 * whole(0.25 * x); }

// sum + x; what the sum loses is added to low.
SLOPES_INLINE void collect(double& sum, double& low, double x) {
  const Pair next = two_sum(sum, x);
  sum = next.high;
  low += next.low;
}

// For float64 the sum of the parts is exact to 2^-118, for narrower results to 2^-104, which is 2^-43 of the smallest one.
SLOPES_INLINE Turn turn(double a, bool exact) {
  const Digits digits = digits_for(a);
  const double* c = digits.chunk;
  const double b = digits.a * 0x1p-53, d = digits.a * 0x1p-106, e = digits.a * 0x1p-159;
  const double p = digits.a * c[0], q = b * c[1], r = d * c[2], s = e * c[3];
  const Pair second = two_sum(product_error(digits.a, c[0], p), q);  // up to 2^54
  const Pair first = two_sum(less_turns(p), less_turns(second.high));
  const Pair third = two_sum(first.high, second.low), fourth = two_sum(third.high, r);
  const Pair fifth = two_sum(fourth.high, product_error(b, c[1], q));
  const double n = whole(fifth.high);
  const std::uint64_t quarters = bits_of(n + 0x1.8p52) & 3;
  double sum = fifth.high - n, low = 0.0;
  if (exact) {
    collect(sum, low, first.low);
    collect(sum, low, third.low);
    collect(sum, low, fourth.low);
    collect(sum, low, fifth.low);
    collect(sum, low, product_error(d, c[2], r));
    collect(sum, low, s);
    low += product_error(e, c[3], s) + digits.a * 0x1p-212 * c[4];
  } else {
    low = ((first.low + third.low) + (fourth.low + fifth.low)) + (product_error(d, c[2], r) + s);
  }
  return {quarters, fast_two_sum(sum, low)};
}

// Sine and cosine of r + low, |r| <= pi/4 or just above, into the quarter of the turn: sin by 0, cos by 1, -sin by 2, -cos
// by 3.
SLOPES_INLINE double in_quarter(std::uint64_t quarters, double sine, double cosine) {
  const double value = select((quarters & 1) != 0, cosine, sine);
  return from_bits(bits_of(value) ^ (quarters & 2) << 62);
}

// sin(r) - r over r^3 and (cos(r) - 1 + r^2 / 2) / r^4 in r^2: errors 2^-57 of the sine, 2^-60 of the cosine. Narrow results
// need that as well, because sums of both cancel. Products with the parts of a tiny a would be subnormal; it is r itself.
SLOPES_INLINE double circular(double a, std::uint64_t add, bool exact) {
  constexpr double s[] = {-0x1.5555555555555p-3, 0x1.111111111111p-7, -0x1.a01a01a01992fp-13, 0x1.71de3a545f836p-19,
                          -0x1.ae645410e937bp-26, 0x1.61217d9252c03p-33, -0x1.ab16f5caa198ap-41};
  constexpr double c[] = {0x1.5555555555555p-5, -0x1.6c16c16c16963p-10, 0x1.a01a019f4ddfdp-16, -0x1.27e4fa16cc2d1p-22,
                          0x1.1eeb67d026ec6p-29, -0x1.907cd8ff5ede7p-37};
  const Turn turned = turn(a, exact);
  const Pair product = times(turned.remainder, {0x1.921fb54442d18p+0, 0x1.1a62633145c07p-54});
  const bool tiny = a < 0x1p-300;
  const double r = select(tiny, a, product.high), low = select(tiny, 0.0, product.low);
  const double square = r * r, half = 0.5 * square;
  const double sine = r + (r * square * polynomial(s, square) + low * (1.0 - half));
  const double near = 1.0 - half;
  const double cosine = near + (((1.0 - near) - half) + (square * square * polynomial(c, square) - r * low));
  return in_quarter(turned.quarters + add, sine, cosine);
}

SLOPES_INLINE constexpr bool is_exact(Narrow) { return false; }
SLOPES_INLINE constexpr bool is_exact(Full) { return true; }

// Of finite numbers; NaN elsewhere.
template <class P>
SLOPES_INLINE double sin(double x, P policy) {
  const double a = __builtin_fabs(x);
  const bool inside = a < infinity;
  const double value = circular(select(inside, a, 0.0), 0, is_exact(policy));
  return select(inside, from_bits(bits_of(value) ^ (bits_of(x) & std::uint64_t{1} << 63)), nan);
}

template <class P>
SLOPES_INLINE double cos(double x, P policy) {
  const double a = __builtin_fabs(x);
  const bool inside = a < infinity;
  return select(inside, circular(select(inside, a, 0.0), 1, is_exact(policy)), nan);
}

// ------------------------------------------------------------------------------------------------ arc tangent

// arctan(|x|) = base + arctan(n / d), |n / d| <= tan(pi/8), with base 0, pi/4 or pi/2 by the octant.
struct Octant {
  Pair base;
  Pair n, d;
};

// From 2^60 on pi/2 is all there is; an infinite divisor would leave NaN behind.
SLOPES_INLINE Octant octant(double x) {
  const double a = at_most(__builtin_fabs(x), 0x1p60);
  const bool near = !(a > 0x1.a827999fcef32p-2), far = a > 0x1.3504f333f9de6p+1;  // tan(pi/8), tan(3 pi/8)
  const Pair sum = two_sum(a, 1.0), difference = two_sum(a, -1.0);
  return {{select(near, 0.0, select(far, 0x1.921fb54442d18p+0, 0x1.921fb54442d18p-1)),
           select(near, 0.0, select(far, 0x1.1a62633145c07p-54, 0x1.1a62633145c07p-55))},
          {select(near, a, select(far, -1.0, difference.high)), select(near | far, 0.0, difference.low)},
          {select(near, 1.0, select(far, a, sum.high)), select(near | far, 0.0, sum.low)}};
}

// (arctan(t) - t) / t^3 in t^2 <= 0.1716, error 2^-33 of the arc tangent.
SLOPES_INLINE double arctan(double x, Narrow) {
  constexpr double c[] = {-0x1.5555554c0aef3p-2, 0x1.99997b13bead1p-3, -0x1.248a173238684p-3, 0x1.c57bad2e925fp-4,
                          -0x1.614448bd30a84p-4, 0x1.9d8b2344d1c3cp-5};
  const Octant o = octant(x);
  const double t = o.n.high / o.d.high, square = t * t;
  return __builtin_copysign(o.base.high + (t + t * square * polynomial(c, square)), x);
}

// Error 2^-58 of the arc tangent; what the quotient loses comes in through its derivative 1 / (1 + t^2).
SLOPES_INLINE double arctan(double x, Full) {
  constexpr double c[] = {-0x1.5555555555555p-2, 0x1.9999999999953p-3, -0x1.249249248d7eep-3, 0x1.c71c71c304b68p-4,
                          -0x1.745d165df3f95p-4, 0x1.3b1392d9e785cp-4, -0x1.110e880a7a521p-4, 0x1.e19a13b9fc6dfp-5,
                          -0x1.ac7a938b69c93p-5, 0x1.74ddd408bb4c1p-5, -0x1.1b33b923aa954p-5, 0x1.0ad36a455cafbp-6};
  const Octant o = octant(x);
  const double inverse = 1.0 / o.d.high, t = o.n.high * inverse, square = t * t;
  const double low = (remainder(o.n.high, t, o.d.high) + (o.n.low - t * o.d.low)) * inverse;
  const Pair head = fast_two_sum(o.base.high, t);
  const double rest = o.base.low + (low * (1.0 - square) + t * square * polynomial(c, square));
  return __builtin_copysign(head.high + (head.low + rest), x);
}

}  // namespace slopes::detail
