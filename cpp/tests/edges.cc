// NaN, infinities and signed zeros through every word of math.h, in a vectorised loop, for both policies.
//
// g++ -std=c++20 -O3 -march=native -fopenmp-simd -fno-math-errno -fno-trapping-math cpp/tests/edges.cc -o edges

#include <cmath>
#include <cstdio>
#include <initializer_list>
#include <limits>
#include <type_traits>

#include "../math.h"

namespace {

constexpr double inf = std::numeric_limits<double>::infinity(), nan = std::numeric_limits<double>::quiet_NaN();
int failures = 0;

// word(x, y) must be the expected value, sign of zero included, in every lane; a narrow word once it is rounded.
template <class P, class Word>
void check(const char* name, Word word, double x, double y, double expected) {
  constexpr int lanes = 37;
  double xs[lanes], ys[lanes], results[lanes];
  for (int i = 0; i < lanes; ++i) xs[i] = x, ys[i] = y;
  asm volatile("" : : "r"(xs), "r"(ys) : "memory");
  for (int i = 0; i < lanes; ++i) results[i] = word(xs[i], ys[i]);
  for (int i = 0; i < lanes; ++i) {
    const double r = std::is_same_v<P, slopes::Narrow> ? static_cast<float>(results[i]) : results[i];
    const bool same = std::isnan(expected) ? std::isnan(r) : r == expected && std::signbit(r) == std::signbit(expected);
    if (same) continue;
    std::printf("%s(%g, %g) = %g, expected %g\n", name, x, y, r, expected);
    ++failures;
    return;
  }
}

template <class P>
void check_all() {
  using M = slopes::Math<P>;
  const auto rounded = [](double x) { return std::is_same_v<P, slopes::Narrow> ? static_cast<float>(x) : x; };
#define UNARY(word, x, expected) check<P>(#word, [](double u, double) { return M::word(u); }, x, 0.0, expected)
#define BINARY(word, x, y, expected) check<P>(#word, [](double u, double v) { return M::word(u, v); }, x, y, expected)
  UNARY(exp, nan, nan), UNARY(log, nan, nan), UNARY(log1p, nan, nan), UNARY(tanh, nan, nan), UNARY(abs, nan, nan);
  UNARY(sign, nan, nan), UNARY(step, nan, nan), UNARY(sigmoid, nan, nan), UNARY(log1p_exp, nan, nan);
  UNARY(exp, inf, inf), UNARY(exp, -inf, 0.0), UNARY(exp, 1e77, inf), UNARY(exp, -1e77, 0.0), UNARY(exp, 0.0, 1.0);
  UNARY(exp, 709.9, inf), UNARY(exp, -746.0, 0.0);
  UNARY(log, inf, inf), UNARY(log, 0.0, -inf), UNARY(log, -0.0, -inf), UNARY(log, -1.0, nan), UNARY(log, -inf, nan);
  UNARY(log, 1.0, 0.0), UNARY(log1p, inf, inf), UNARY(log1p, -1.0, -inf), UNARY(log1p, -2.0, nan);
  UNARY(log1p, -inf, nan), UNARY(log1p, 0.0, 0.0), UNARY(log1p, -0.0, -0.0);
  UNARY(tanh, inf, 1.0), UNARY(tanh, -inf, -1.0), UNARY(tanh, 0.0, 0.0), UNARY(tanh, -0.0, -0.0), UNARY(tanh, 1e77, 1.0);
  UNARY(sigmoid, inf, 1.0), UNARY(sigmoid, -inf, 0.0), UNARY(sigmoid, 0.0, 0.5), UNARY(sigmoid, -1e77, 0.0);
  UNARY(log1p_exp, inf, 0.0), UNARY(log1p_exp, -inf, 0.0), UNARY(log1p_exp, 1e77, 0.0);
  UNARY(log1p_excess, nan, nan), UNARY(expm1, nan, nan), UNARY(sqrt, nan, nan), UNARY(sin, nan, nan), UNARY(cos, nan, nan);
  UNARY(arctan, nan, nan), UNARY(tanh_remainder, nan, nan), UNARY(erf, nan, nan), UNARY(log_ndtr, nan, nan);
  UNARY(inverse_mills, nan, nan), UNARY(mills_excess, nan, nan);
  UNARY(log1p_excess, inf, inf), UNARY(log1p_excess, -1.0, inf), UNARY(log1p_excess, -1.5, nan);
  UNARY(log1p_excess, -inf, nan), UNARY(log1p_excess, 0.0, 0.0), UNARY(log1p_excess, -0.0, 0.0);
  UNARY(expm1_excess, nan, nan), UNARY(expm1_excess, inf, inf), UNARY(expm1_excess, -inf, inf);
  UNARY(expm1_excess, 0.0, 0.0), UNARY(expm1_excess, -0.0, 0.0), UNARY(expm1_excess, -50.0, 49.0);
  UNARY(expm1_excess, 1e77, inf);
  UNARY(expm1, inf, inf), UNARY(expm1, -inf, -1.0), UNARY(expm1, 1e77, inf), UNARY(expm1, -1e77, -1.0);
  UNARY(expm1, 709.5, rounded(0x1.81e9b4b52d0c9p+1023)), UNARY(expm1, 709.9, inf);
  UNARY(expm1, 0.0, 0.0), UNARY(expm1, -0.0, -0.0), UNARY(expm1, -0x1p-149, -0x1p-149), UNARY(expm1, -50.0, -1.0);
  UNARY(sqrt, inf, inf), UNARY(sqrt, -inf, nan), UNARY(sqrt, -1.0, nan), UNARY(sqrt, -0.0, -0.0), UNARY(sqrt, 4.0, 2.0);
  UNARY(sin, inf, nan), UNARY(sin, -inf, nan), UNARY(sin, 0.0, 0.0), UNARY(sin, -0.0, -0.0), UNARY(cos, inf, nan);
  UNARY(cos, -inf, nan), UNARY(cos, 0.0, 1.0), UNARY(cos, -0.0, 1.0), UNARY(cos, 1e-300, 1.0);
  UNARY(arctan, inf, rounded(0x1.921fb54442d18p+0)), UNARY(arctan, -inf, rounded(-0x1.921fb54442d18p+0));
  UNARY(arctan, 1.0, rounded(0x1.921fb54442d18p-1)), UNARY(arctan, 0.0, 0.0), UNARY(arctan, -0.0, -0.0);
  UNARY(arctan, 1e77, rounded(0x1.921fb54442d18p+0)), UNARY(tanh_remainder, inf, inf), UNARY(tanh_remainder, -inf, -inf);
  UNARY(tanh_remainder, 0.0, 0.0), UNARY(tanh_remainder, -0.0, -0.0), UNARY(tanh_remainder, 64.0, 63.0);
  UNARY(erf, inf, 1.0), UNARY(erf, -inf, -1.0), UNARY(erf, 0.0, 0.0), UNARY(erf, -0.0, -0.0), UNARY(erf, 1e77, 1.0);
  UNARY(log_ndtr, inf, -0.0), UNARY(log_ndtr, -inf, -inf), UNARY(log_ndtr, 1e77, -0.0), UNARY(log_ndtr, -1e200, -inf);
  UNARY(inverse_mills, inf, 0.0), UNARY(inverse_mills, -inf, inf), UNARY(inverse_mills, 1e77, 0.0);
  UNARY(inverse_mills, -0x1p100, 0x1p100), UNARY(mills_excess, inf, inf), UNARY(mills_excess, -inf, 0.0);
  UNARY(mills_excess, -0x1p100, 0x1p-100), UNARY(mills_excess, 64.0, 64.0);
  UNARY(sign, -0.5, -1.0), UNARY(sign, 0.0, 0.0), UNARY(sign, inf, 1.0), UNARY(step, 0.0, 0.0), UNARY(step, -0.0, 0.0);
  UNARY(step, inf, 1.0), UNARY(step, -inf, 0.0), UNARY(step, 1e-320, 1.0);
  for (double y : {-inf, -1.0, 0.0, 2.0, inf, nan}) {
    BINARY(minimum, nan, y, nan), BINARY(minimum, y, nan, nan), BINARY(maximum, nan, y, nan);
    BINARY(maximum, y, nan, nan), BINARY(fill, nan, y, nan), BINARY(times, nan, y, nan), BINARY(times, y, nan, nan);
    BINARY(sigmoid_times, nan, y, nan), BINARY(sigmoid_times, y, nan, nan), BINARY(ndtr_times, nan, y, nan);
    BINARY(ndtr_times, y, nan, nan), BINARY(normal_times, nan, y, nan), BINARY(normal_times, y, nan, nan);
    BINARY(exp_difference, nan, y, nan), BINARY(exp_difference, y, nan, nan), BINARY(hypot, nan, y, nan);
    BINARY(hypot, y, nan, nan), BINARY(power, nan, y, nan), BINARY(power, y, nan, nan);
  }
  for (double far : {inf, -inf}) {
    BINARY(hypot, far, 1.0, inf), BINARY(hypot, 0.0, far, inf), BINARY(hypot, far, far, inf), BINARY(power, -1.0, far, nan);
  }
  BINARY(hypot, 0.0, -0.0, 0.0), BINARY(hypot, -3.0, 4.0, 5.0), BINARY(hypot, 0.0, -2.0, 2.0);
  BINARY(power, 0.0, 2.5, 0.0), BINARY(power, 0.0, 0.0, 1.0), BINARY(power, 0.0, -0.5, inf), BINARY(power, -0.0, -2.0, inf);
  BINARY(power, inf, 2.5, inf), BINARY(power, inf, 0.0, 1.0), BINARY(power, inf, -0.5, 0.0), BINARY(power, -2.0, 2.0, nan);
  BINARY(power, -inf, 2.0, nan), BINARY(power, 7.0, 0.0, 1.0), BINARY(power, 1.0, 1e300, 1.0), BINARY(power, 2.0, 1e5, inf);
  BINARY(power, 2.0, -1e5, 0.0), BINARY(power, 0.5, 1e300, 0.0), BINARY(power, 3.0, 1.0, 3.0), BINARY(power, 9.0, 0.5, 3.0);
  BINARY(minimum, 1.0, 2.0, 1.0), BINARY(minimum, inf, 2.0, 2.0), BINARY(maximum, 1.0, 2.0, 2.0);
  BINARY(maximum, -inf, 2.0, 2.0), BINARY(fill, inf, 2.0, 2.0), BINARY(fill, 1.0, -3.0, -3.0);
  BINARY(times, 0.0, inf, 0.0), BINARY(times, 0.0, -inf, -0.0), BINARY(times, 2.0, inf, inf), BINARY(times, inf, 0.5, inf);
  // an infinite factor beside and beyond the end of the tail
  for (double x : {-708.72, -709.0, -709.2, -779.0, -745.2, -38.0}) {
    const double s = M::sigmoid_times(-inf, x), g = M::ndtr_times(-inf, x), n = M::normal_times(inf, x);
    failures += std::isnan(s) || std::isnan(g) || std::isnan(n);
  }
  for (double far : {inf, 1e77, 1e5}) {
    BINARY(sigmoid_times, -inf, -far, -0.0), BINARY(sigmoid_times, inf, -far, 0.0), BINARY(sigmoid_times, -2.0, -far, -0.0);
    BINARY(sigmoid_times, inf, far, inf), BINARY(sigmoid_times, -2.0, far, -2.0);
    BINARY(ndtr_times, -inf, -far, -0.0), BINARY(ndtr_times, inf, far, inf), BINARY(ndtr_times, 3.0, far, 3.0);
    BINARY(ndtr_times, -2.0, -far, -0.0);
    BINARY(normal_times, -inf, -far, -0.0), BINARY(normal_times, inf, far, 0.0), BINARY(normal_times, -2.0, far, -0.0);
    BINARY(exp_difference, -far, 3.0, 0.0), BINARY(exp_difference, 3.0, -far, inf), BINARY(exp_difference, 3.0, far, 0.0);
  }
  BINARY(exp_difference, inf, inf, nan), BINARY(exp_difference, -inf, -inf, nan), BINARY(exp_difference, 5.0, 5.0, 1.0);
#undef UNARY
#undef BINARY
}

// Where float64 ends, and where quarter turns nearly do.
void check_full() {
  using M = slopes::Math<slopes::Full>;
#define WORD(word, x, y, expected) check<slopes::Full>(#word, [](double u, [[maybe_unused]] double v) { return M::word; }, x, y, expected)
  WORD(hypot(u, v), 0x1.8p1023, 0x1p1023, 0x1.cd82b446159f3p+1023), WORD(hypot(u, v), 0x1.8p1023, 0x1.8p1023, inf);
  WORD(hypot(u, v), 3 * 0x1p-1074, 4 * 0x1p-1074, 5 * 0x1p-1074), WORD(hypot(u, v), 0x1p-1074, 0.0, 0x1p-1074);
  WORD(hypot(u, v), 0x1p600, 0x1p-600, 0x1p600), WORD(expm1(u), 0x1p-1074, 0.0, 0x1p-1074);
  WORD(power(u, v), 0x1p-1074, 0.5, 0x1p-537), WORD(power(u, v), 0x1p-537, 2.0, 0x1p-1074);
  WORD(power(u, v), 0x1.fffffffffffffp1023, 1.0, 0x1.fffffffffffffp1023), WORD(power(u, v), 0x1p-1074, -0.5, 0x1p537);
  WORD(sin(u), 0x1p-1074, 0.0, 0x1p-1074), WORD(sin(u), -0x1p-1000, 0.0, -0x1p-1000);
  WORD(cos(u), 6381956970095103 * 0x1p797, 0.0, -0x1.14ae72e6ba22fp-61);  // no double is nearer to a zero
  WORD(sin(u), 0x1.921fb54442d18p+1, 0.0, 0x1.1a62633145c07p-53), WORD(cos(u), 0x1.fffffffffffffp1023, 0.0, -0x1.fffe62ecfab75p-1);
  WORD(log_ndtr(u), -0x1.8p511, 0.0, -0x1.2p1022), WORD(log_ndtr(u), -0x1p0, 0.0, -0x1.d74d31cc8afc1p+0);
#undef WORD
}

}  // namespace

int main() {
  check_all<slopes::Narrow>();
  check_all<slopes::Full>();
  check_full();
  std::printf("%d failures\n", failures);
  return failures != 0;
}
