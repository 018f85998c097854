// Largest errors, in units in the last place of the result, of the words of math.h and of bodies made of them.
//
//   accuracy full [POINTS]    float64 against __float128: dense beside 0, at seams, in the tails and over all exponents
//   accuracy narrow [STRIDE]  every STRIDE-th of all 2^32 float32, rounded once, against the float64 words
//
// Exits with 1 if a word or body is further off than bodies.h allows it, or than a narrow or subnormal result may be.
//
// g++ -std=gnu++20 -O3 -march=native -mprefer-vector-width=512 -fopenmp-simd -fno-math-errno -fno-trapping-math
//   cpp/tests/accuracy.cc -lquadmath -o accuracy

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <random>
#include <string>
#include <vector>

#include "bodies.h"

namespace {

using bodies::Quad;

constexpr double narrow_bound = 0.51, narrow_subnormal = 0.51, full_subnormal = 1.6;
int failures = 0;

struct Worst {
  double error = 0, at = 0;
  long wrong = 0;  // NaN, infinity or zero where the reference has something else
  double wrong_at = 0;

  void saw(double e, double x) {
    if (e > error) error = e, at = x;
  }
  void saw_wrong(double x) {
    if (!wrong++) wrong_at = x;
  }
};

void tell(const char* label, const Worst& normal, double bound, const Worst& subnormal, double subnormal_bound) {
  const bool bad = normal.wrong > 0 || normal.error > bound || subnormal.error > subnormal_bound;
  std::printf("%-20s %10.4f at %-24.17g subnormal %8.4f at %-22.17g wrong %ld (%g)%s\n", label, normal.error, normal.at,
              subnormal.error, subnormal.at, normal.wrong, normal.wrong_at, bad ? "  TOO FAR OFF" : "");
  std::fflush(stdout);
  failures += bad;
}

std::vector<double> float64_points(long n) {
  std::mt19937_64 random(1);
  std::uniform_real_distribution<double> unit(0, 1);
  std::vector<double> points;
  for (long i = 0; i < n; ++i) {
    const double u = unit(random), sign = random() & 1 ? 1 : -1;
    switch (i % 9) {
      case 0: points.push_back(sign * 40 * u); break;
      case 1: points.push_back(sign * 3 * u); break;
      case 2: points.push_back(sign * 760 * u); break;
      case 3: points.push_back(sign * std::exp2(-60 + 70 * u)); break;
      case 4: points.push_back(sign * std::exp2(-1074 + 2098 * u)); break;
      case 5: points.push_back(std::nextafter(std::nearbyint(sign * 60 * u) * 0.34657359027997264, sign * 1e9)); break;
      case 6: points.push_back(-700 - 60 * u); break;
      case 7: points.push_back(-37 - 2 * u); break;
      case 8: points.push_back(std::nextafter(std::nearbyint(sign * 1000 * u) * 1.5707963267948966, sign * 1e9)); break;
    }
  }
  return points;
}

template <class Body>
void full(const std::vector<double>& points) {
  const long n = static_cast<long>(points.size());
  std::vector<double> results(points.size());
  for (long i = 0; i < n; ++i) results[i] = Body::template value<slopes::Math<slopes::Full>>(points[i]);
  Worst normal, subnormal;
  for (long i = 0; i < n; ++i) {
    const double x = points[i], y = results[i];
    const Quad exact = Body::exact(x);
    const double rounded = static_cast<double>(exact);
    if (std::isnan(rounded) || std::isinf(rounded)) {
      if (std::isnan(rounded) ? !std::isnan(y) : y != rounded) normal.saw_wrong(x);
      continue;
    }
    const int exponent = std::max(rounded == 0 ? -1022 : std::ilogb(rounded), -1022);
    const double error = std::fabs(static_cast<double>(scalbnq(Quad(y) - exact, 52 - exponent)));
    if (std::isnan(error)) normal.saw_wrong(x);
    (std::fabs(rounded) < 0x1p-1022 ? subnormal : normal).saw(error, x);
  }
  tell(Body::label, normal, Body::bound, subnormal, full_subnormal);
}

template <class Body>
void narrow(std::uint64_t stride) {
  constexpr int block = 2048;
  static float x[block], y[block];
  static double exact[block], error[block];
  Worst normal, subnormal;
  for (std::uint64_t start = 0; start < (std::uint64_t{1} << 32); start += block * stride) {
    for (int i = 0; i < block; ++i) x[i] = std::bit_cast<float>(static_cast<std::uint32_t>(start + i * stride));
    for (int i = 0; i < block; ++i)
      y[i] = static_cast<float>(Body::template value<slopes::Math<slopes::Narrow>>(x[i]));
    for (int i = 0; i < block; ++i) exact[i] = Body::template value<slopes::Math<slopes::Full>>(x[i]);
    for (int i = 0; i < block; ++i) {
      // 2^23 / 2^exponent, the exponent not below that of the smallest normal number
      const std::uint64_t field = std::bit_cast<std::uint64_t>(exact[i]) >> 52 & 0x7ff;
      const double units = std::bit_cast<double>((2046 + 23 - (field < 897 ? 897 : field)) << 52);
      error[i] = std::fabs(y[i] - exact[i]) * units;
    }
    for (int i = 0; i < block; ++i) {
      const double size = std::fabs(exact[i]);
      if (!(size < 0x1.ffffffp127) || !std::isfinite(y[i])) {
        const float rounded = static_cast<float>(exact[i]);
        if (std::isnan(rounded) ? !std::isnan(y[i]) : y[i] != rounded) normal.saw_wrong(x[i]);
      } else if (error[i] > normal.error && size >= 0x1p-126) {
        normal.saw(error[i], x[i]);
      } else if (error[i] > subnormal.error && size < 0x1p-126) {
        subnormal.saw(error[i], x[i]);
      }
    }
  }
  tell(Body::label, normal, narrow_bound, subnormal, narrow_subnormal);
}

}  // namespace

int main(int argc, char** argv) {
  const bool is_full = argc > 1 && !std::strcmp(argv[1], "full");
  if (is_full) {
    const std::vector<double> points = float64_points(argc > 2 ? std::atol(argv[2]) : 1000000);
    bodies::for_each([&]<class Body>(Body) { full<Body>(points); });
  } else {
    const std::uint64_t stride = argc > 2 ? std::strtoull(argv[2], nullptr, 10) : 7;
    bodies::for_each([&]<class Body>(Body) { narrow<Body>(stride); });
  }
  return failures != 0;
}
