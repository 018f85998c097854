// Row kernels against long double references; with an argument "bench" their times beside a copy of the same bytes.
//
// g++ -std=c++20 -O3 -march=x86-64-v4 -mprefer-vector-width=512 -fopenmp-simd -fno-math-errno -fno-trapping-math
//     -Wall -Wextra -Werror -o rows_test cpp/tests/rows_test.cc
#include <algorithm>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <limits>
#include <memory>
#include <random>
#include <string>
#include <vector>

#include "../cross_entropy.h"
#include "../softmax.h"

namespace {

using slopes::Result;
using slopes::Target;
using Long = long double;

constexpr double inf = std::numeric_limits<double>::infinity();
constexpr double nan = std::numeric_limits<double>::quiet_NaN();

int failures = 0;

void check(bool good, const std::string& what) {
  if (good) return;
  failures++;
  std::printf("FAILED: %s\n", what.c_str());
}

template <class T>
struct Aligned {  // scratch as the kernels want it
  explicit Aligned(std::size_t n) : p(static_cast<T*>(std::aligned_alloc(64, (n * sizeof(T) + 127) / 64 * 64))) {}
  ~Aligned() { std::free(p); }
  Aligned(const Aligned&) = delete;
  Aligned& operator=(const Aligned&) = delete;
  T* p;
};

/// The error in units in the last place of T at the true value, `floor` being the least size a unit is taken of.
template <class T>
double ulps(T got, Long want, Long floor = 0) {
  if (std::isnan(want)) return std::isnan(got) ? 0 : inf;
  if (std::isnan(got)) return inf;
  if (std::isinf(want)) return got == want ? 0 : inf;
  const Long size = std::max(std::fabs(want), floor);
  int exponent = 0;
  std::frexp(size, &exponent);
  const int least = std::numeric_limits<T>::min_exponent;
  if (size == 0 || exponent < least) exponent = least;
  const Long unit = std::ldexp(Long{1}, exponent - std::numeric_limits<T>::digits);
  if (std::isinf(got)) return std::fabs(want) > std::numeric_limits<T>::max() - 1 * unit ? 0 : inf;
  return static_cast<double>(std::fabs(static_cast<Long>(got) - want) / unit);
}

/// A row split at its largest in long double.
struct Reference {
  std::size_t top = 0;
  Long others = 0, log_norm = 0;
  std::vector<Long> e, p, complement;  // complement: 1 - p

  template <class T>
  Reference(const T* x, std::size_t n) : e(n), p(n), complement(n) {
    for (std::size_t j = 1; j < n; j++) {
      if (x[j] > x[top]) top = j;
    }
    for (std::size_t j = 0; j < n; j++) {
      e[j] = std::exp(Long{x[j]} - Long{x[top]});
      if (j != top) others += e[j];
    }
    log_norm = std::log1p(others);
    for (std::size_t j = 0; j < n; j++) {
      p[j] = e[j] / (1 + others);
      complement[j] = j == top ? others / (1 + others) : 1 - p[j];
    }
  }
};

struct Worst {
  double ulp = 0;
  void see(double u) { ulp = std::max(ulp, u); }
};

enum Measure {
  Softmax, LogSoftmax, Vjp, LogVjp, LogJvp, Value, Gradient, Hessian, SoftValue, SoftGradient, SoftHessian, measures
};
const char* const names[] = {"softmax",          "log_softmax",   "softmax vjp",        "log_softmax vjp",
                             "log_softmax jvp",  "value, class",  "gradient, class",    "hessian, class",
                             "value, masses",    "gradient, masses", "hessian, masses"};

template <class T>
struct Rows {
  std::size_t n, rows;
  std::vector<T> x, c, q;
  std::vector<std::int64_t> label;
  std::vector<double> class_weight, weight;
  std::vector<std::uint8_t> keep;

  Rows(std::size_t n, std::size_t rows, double magnitude, bool ties, std::mt19937_64& random)
      : n(n), rows(rows), x(n * rows), c(n * rows), q(n * rows), label(rows), class_weight(n), weight(rows), keep(rows) {
    std::normal_distribution<double> normal;
    std::uniform_real_distribution<double> uniform;
    for (auto& v : x) v = static_cast<T>(ties ? std::round(2 * normal(random)) : magnitude * (2 * uniform(random) - 1));
    for (auto& v : c) v = static_cast<T>(normal(random));
    for (std::size_t r = 0; r < rows; r++) {
      double total = 0;
      for (std::size_t j = 0; j < n; j++) total += q[r * n + j] = static_cast<T>(uniform(random));
      for (std::size_t j = 0; j < n; j++) q[r * n + j] = static_cast<T>(q[r * n + j] / total);
      label[r] = static_cast<std::int64_t>(random() % n);
      if (random() % 2) label[r] = std::max_element(&x[r * n], &x[r * n] + n) - &x[r * n];
      weight[r] = 0.5 + uniform(random);
      keep[r] = random() % 4 != 0;
    }
    for (auto& v : class_weight) v = 0.25 + uniform(random);
  }
};

template <class T>
void measure(const Rows<T>& d, Worst* worst) {
  const std::size_t n = d.n, rows = d.rows;
  Aligned<double> scratch(slopes::row_scratch(n));
  std::vector<T> p(n * rows), l(n * rows), v(n * rows), lv(n * rows), lj(n * rows);
  slopes::softmax(d.x.data(), p.data(), rows, n, scratch.p);
  slopes::log_softmax(d.x.data(), l.data(), rows, n, scratch.p);
  slopes::softmax_vjp(d.x.data(), d.c.data(), v.data(), rows, n, scratch.p);
  slopes::log_softmax_vjp(d.x.data(), d.c.data(), lv.data(), rows, n, scratch.p);
  slopes::log_softmax_jvp(d.x.data(), d.c.data(), lj.data(), rows, n, scratch.p);
  for (std::size_t r = 0; r < rows; r++) {
    const T *x = &d.x[r * n], *c = &d.c[r * n];
    const Reference ref(x, n);
    Long mean = 0, total = 0, other = 0, size = 0, sizes = 0;
    for (std::size_t j = 0; j < n; j++) {
      const Long distance = Long{c[j]} - c[ref.top];
      mean += ref.p[j] * distance;
      size += ref.p[j] * std::fabs(distance);
      total += c[j];
      sizes += std::fabs(Long{c[j]});
      if (j != ref.top) other += c[j];
    }
    for (std::size_t j = 0; j < n; j++) {
      const std::size_t k = r * n + j;
      const Long distance = Long{c[j]} - c[ref.top];
      worst[Softmax].see(ulps(p[k], ref.p[j]));
      worst[LogSoftmax].see(ulps(l[k], (j == ref.top ? 0 : Long{x[j]} - x[ref.top]) - ref.log_norm));
      // sums of terms of both signs: the unit is that of the terms' sizes
      worst[Vjp].see(ulps(v[k], ref.p[j] * (distance - mean), ref.p[j] * (std::fabs(distance) + size)));
      worst[LogJvp].see(ulps(lj[k], distance - mean, std::fabs(distance) + size));
      const Long want = j == ref.top ? c[j] * ref.complement[j] - ref.p[j] * other : c[j] - ref.p[j] * total;
      worst[LogVjp].see(ulps(lv[k], want, ref.complement[j] * std::fabs(Long{c[j]}) + ref.p[j] * sizes));
    }
  }
  for (const bool by_class : {true, false}) {
    for (const double smoothing : {0.0, 0.1}) {
      for (const bool weighted : {false, true}) {
        const bool hard = by_class && smoothing == 0;
        Target<T> target;
        if (by_class) target.index = d.label.data();
        else target.probability = d.q.data();
        target.label_smoothing = smoothing;
        if (weighted) {
          target.class_weight = d.class_weight.data();
          target.weight = d.weight.data();
          target.keep = d.keep.data();
        }
        std::vector<double> value(rows);
        std::vector<T> rounded(rows), g(n * rows), h(n * rows), alone(n * rows);
        Result<T> out;
        out.value = value.data(), out.rounded = rounded.data(), out.gradient = g.data(), out.hessian = h.data();
        out.divisor = weighted ? 3.0 : 1.0;
        slopes::cross_entropy(d.x.data(), target, rows, n, out, scratch.p);
        Result<T> only;
        only.gradient = alone.data(), only.divisor = out.divisor, only.stream = true;
        slopes::cross_entropy(d.x.data(), target, rows, n, only, scratch.p);
        check(std::memcmp(g.data(), alone.data(), n * rows * sizeof(T)) == 0, "gradient alone, streamed");
        for (std::size_t r = 0; r < rows; r++) {
          const T* x = &d.x[r * n];
          const Long row_weight = weighted ? d.weight[r] : 1.0;
          if (weighted && !d.keep[r]) {
            bool zero = value[r] == 0 && rounded[r] == 0 && !std::signbit(value[r]);
            for (std::size_t j = 0; j < n; j++) {
              zero &= g[r * n + j] == 0 && h[r * n + j] == 0 && !std::signbit(g[r * n + j]);
            }
            check(zero, "a row that is not kept");
            continue;
          }
          const Reference ref(x, n);
          std::vector<Long> q(n);
          Long total = 0, other = 0, far = 0;
          for (std::size_t j = 0; j < n; j++) {
            q[j] = by_class ? Long{static_cast<std::int64_t>(j) == d.label[r] ? 1.0L : 0.0L} : Long{d.q[r * n + j]};
            q[j] = (1 - Long{smoothing}) * q[j] + Long{smoothing} / static_cast<Long>(n);
            if (weighted) q[j] *= d.class_weight[j];
            total += q[j];
            if (j != ref.top) other += q[j];
            far += q[j] * (Long{x[ref.top]} - x[j]);
          }
          const Long want = row_weight * (far + total * ref.log_norm);
          worst[hard ? Value : SoftValue].see(ulps(rounded[r], want));
          check(rounded[r] == static_cast<T>(value[r]), "the rounded value");
          const Long scale = row_weight / out.divisor;
          for (std::size_t j = 0; j < n; j++) {
            const bool confident = j == ref.top && ref.complement[j] < 0.5L;
            const Long slope = confident ? other - ref.complement[j] * total : ref.p[j] * total - q[j];
            // a difference of terms of one size: the unit is that of the terms
            const Long least = hard ? 0 : confident ? other + ref.complement[j] * total : ref.p[j] * total + q[j];
            worst[hard ? Gradient : SoftGradient].see(ulps(g[r * n + j], scale * slope, scale * least));
            worst[hard ? Hessian : SoftHessian].see(ulps(h[r * n + j], scale * total * ref.p[j] * ref.complement[j]));
          }
        }
      }
    }
  }
}

template <class T>
void accuracy(const char* type, double allowed) {
  std::mt19937_64 random(7);
  for (const std::size_t n : {1, 2, 3, 10, 16, 17, 31, 32, 33, 100, 1000, 32000}) {
    Worst worst[measures];
    const std::size_t rows = n > 10000 ? 3 : n > 100 ? 60 : 1000;
    for (const double magnitude : {0.01, 1.0, 10.0, 60.0, 360.0, 700.0}) measure(Rows<T>(n, rows, magnitude, false, random), worst);
    measure(Rows<T>(n, rows, 0, true, random), worst);
    // around where the largest of a float row is subtracted, and is not
    for (const double distance : {-1e30, -1e4, -330.0, -268.0, -150.0, 150.0, 268.0, 330.0, 1e4, 1e30}) {
      if (std::is_same_v<T, double>) continue;
      Rows<T> far(n, rows / 3, 100, false, random);
      for (auto& v : far.x) v = static_cast<T>(v + distance);
      measure(far, worst);
    }
    std::printf("%s %6zu", type, n);
    for (int k = 0; k < measures; k++) std::printf("  %s %.3f", names[k], worst[k].ulp);
    std::printf("\n");
    for (int k = 0; k < measures; k++) {
      // in float64 a mass is itself a product of up to four rounded factors, and so is the row's scale; second
      // derivatives may have twice the error, and a vjp is a product with a difference that was rounded before
      const bool composed = k >= SoftValue || k == Hessian;
      const double limit = allowed == 1 ? 1 : composed ? 2 * allowed : k == Vjp ? 1.5 * allowed : allowed;
      check(worst[k].ulp <= limit, std::string(names[k]) + " of " + type);
    }
  }
}

template <class T>
void edges() {
  const T i = static_cast<T>(inf), q = static_cast<T>(nan);
  for (const std::size_t n : {3, 40, 1000}) {
    Aligned<double> scratch(slopes::row_scratch(n));
    std::vector<T> x(n), y(n), g(n), h(n), target(n);
    double value = 0;
    const auto evaluate = [&](std::int64_t label) {
      Target<T> t;
      Result<T> out;
      t.index = &label, out.value = &value, out.gradient = g.data(), out.hessian = h.data();
      slopes::cross_entropy(x.data(), t, 1, n, out, scratch.p);
      slopes::softmax(x.data(), y.data(), 1, n, scratch.p);
    };
    const auto all_nan = [&](const std::vector<T>& v) { return std::all_of(v.begin(), v.end(), [](T a) { return std::isnan(a); }); };
    const auto one_hot = [&](const std::vector<T>& v, std::size_t top) {
      for (std::size_t j = 0; j < n; j++) {
        if (v[j] != (j == top)) return false;
      }
      return true;
    };
    for (const std::size_t at : {std::size_t{0}, std::size_t{1}, n - 1}) {
      std::fill(x.begin(), x.end(), T{1});
      x[at] = q;
      evaluate(1);
      check(all_nan(y) && all_nan(g) && all_nan(h) && std::isnan(value), "a NaN makes the row NaN");
      x[at] = i;
      evaluate(static_cast<std::int64_t>(at));
      check(one_hot(y, at) && value == 0 && std::all_of(g.begin(), g.end(), [](T a) { return a == 0; }), "one +inf is one-hot");
      evaluate(at == 0 ? 1 : 0);
      check(value == inf && g[at] == 1 && g[at == 0 ? 1 : 0] == -1, "the loss beside +inf");
      x[at == 0 ? 1 : 0] = i;
      evaluate(1);
      check(all_nan(y) && all_nan(g), "two +inf are NaN");
      std::fill(x.begin(), x.end(), T{1});
      x[at] = -i;
      evaluate(static_cast<std::int64_t>(at));
      check(y[at] == 0 && value == inf && g[at] == -1, "-inf has no probability");
      std::fill(x.begin(), x.end(), -i);
      x[at] = 5;
      evaluate(static_cast<std::int64_t>(at));
      check(one_hot(y, at) && value == 0, "all -inf but one");
      x[at] = q;
      evaluate(0);
      check(all_nan(y), "-inf and a NaN");
      // q = 0 beside an infinite logit
      std::fill(x.begin(), x.end(), T{0});
      std::fill(target.begin(), target.end(), T{0});
      x[at] = -i;
      target[at == 0 ? 1 : 0] = 1;
      Target<T> t;
      Result<T> out;
      t.probability = target.data(), out.value = &value, out.gradient = g.data();
      slopes::cross_entropy(x.data(), t, 1, n, out, scratch.p);
      check(ulps(static_cast<T>(value), std::log(static_cast<Long>(n - 1))) <= 2 && g[at] == 0, "0 times infinity is 0");
      target[at] = T{0.5};
      slopes::cross_entropy(x.data(), t, 1, n, out, scratch.p);
      check(value == inf, "a mass on an infinitely distant class");
      std::fill(x.begin(), x.end(), T{0});
      std::fill(target.begin(), target.end(), T{1});
      x[0] = 1, target[at == 0 ? 1 : at] = i;
      slopes::softmax_vjp(x.data(), target.data(), y.data(), 1, n, scratch.p);
      check(y[0] == -i && std::isnan(y[at == 0 ? 1 : at]), "an infinite cotangent");
      // margins of a confidently right class
      for (const double margin : {20.0, 103.0, 700.0, 745.0}) {
        if (sizeof(T) == 4 && margin > 103) continue;
        std::fill(x.begin(), x.end(), -i);
        x[at] = static_cast<T>(margin);
        x[at == 0 ? 1 : 0] = 0;
        evaluate(static_cast<std::int64_t>(at));
        const Long rest = std::exp(-Long{margin}) / (1 + std::exp(-Long{margin}));
        check(ulps(g[at], -rest) <= 1 && value > 0, "gradient at a margin");
      }
    }
    std::fill(x.begin(), x.end(), q);
    evaluate(0);
    check(all_nan(y) && all_nan(g), "all NaN");
    std::fill(x.begin(), x.end(), -i);
    evaluate(0);
    check(all_nan(y) && all_nan(g), "all -inf");
  }
  Aligned<double> scratch(slopes::row_scratch(1));
  T single[] = {-i, 3, i, q}, y[4];
  slopes::softmax(single, y, 4, 1, scratch.p);
  check(y[0] == 1 && y[1] == 1 && y[2] == 1 && std::isnan(y[3]), "a single class");
}

/// The same bits at every alignment, in place, streamed, and for any split of the rows.
template <class T>
void same_bits() {
  std::mt19937_64 random(3);
  for (const std::size_t n : {5, 17, 32, 33, 1000, 1003}) {
    const std::size_t rows = 300;
    const Rows<T> d(n, rows, 20.0, false, random);
    Aligned<double> scratch(slopes::row_scratch(n));
    std::vector<T> want(n * rows), g(n * rows), l(n * rows);
    slopes::softmax(d.x.data(), want.data(), rows, n, scratch.p);
    slopes::log_softmax(d.x.data(), l.data(), rows, n, scratch.p);
    Target<T> t;
    Result<T> out;
    t.index = d.label.data(), out.gradient = g.data();
    slopes::cross_entropy(d.x.data(), t, rows, n, out, scratch.p);
    for (std::size_t shift = 0; shift < 16; shift++) {
      std::vector<T> x(n * rows + 32), y(n * rows + 32);
      const std::size_t cut = 37 + shift;
      std::copy(d.x.begin(), d.x.end(), x.begin() + static_cast<std::ptrdiff_t>(shift));
      T* p = y.data() + (shift * 7) % 16;
      slopes::softmax(x.data() + shift, p, cut, n, scratch.p, shift % 2);
      slopes::softmax(x.data() + shift + cut * n, p + cut * n, rows - cut, n, scratch.p, shift % 2);
      check(std::memcmp(p, want.data(), n * rows * sizeof(T)) == 0, "softmax: the same bits");
      t.index = d.label.data(), out.gradient = x.data() + shift, out.stream = shift % 2;
      slopes::log_softmax(x.data() + shift, p, rows, n, scratch.p, shift % 2);
      check(std::memcmp(p, l.data(), n * rows * sizeof(T)) == 0, "log_softmax: the same bits");
      slopes::cross_entropy(x.data() + shift, t, rows, n, out, scratch.p);
      check(std::memcmp(x.data() + shift, g.data(), n * rows * sizeof(T)) == 0, "gradient in place: the same bits");
    }
  }
}

}  // namespace

int main() {
  accuracy<float>("float32", 1.0);
  accuracy<double>("float64", 4.0);
  edges<float>();
  edges<double>();
  same_bits<float>();
  same_bits<double>();
  std::printf(failures ? "%d failures\n" : "all good\n", failures);
  return failures != 0;
}
