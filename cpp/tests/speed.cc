// Nanoseconds an element, one thread, arrays in the first-level cache: words of math.h and bodies made of them.
//
// g++ -std=c++20 -O3 -march=x86-64-v4 -mprefer-vector-width=512 -fopenmp-simd -fno-math-errno -fno-trapping-math
//   cpp/tests/speed.cc -o speed      (v3: width 256, v2: width 128)

#include <algorithm>
#include <chrono>
#include <cstdio>

#include "../math.h"

namespace {

constexpr long size = 4096;
template <class T>
T input[size];
template <class T>
T first[size];
template <class T>
T second[size];

// The best of 60 runs over the array, in nanoseconds an element.
template <class T, class Body>
double measure(Body body) {
  using Clock = std::chrono::steady_clock;
  for (long i = 0; i < size; ++i) input<T>[i] = static_cast<T>(i * 7919 % size * 12.0 / size - 6);
  double best = 1e9;
  for (int run = 0; run < 60; ++run) {
    const auto start = Clock::now();
    for (int pass = 0; pass < 40; ++pass) {
#pragma omp simd
      for (long i = 0; i < size; ++i) body(static_cast<double>(input<T>[i]), first<T>[i], second<T>[i]);
      asm volatile("" : : "r"(first<T>), "r"(second<T>) : "memory");
    }
    const std::chrono::duration<double, std::nano> time = Clock::now() - start;
    best = std::min(best, time.count() / (40.0 * size));
  }
  return best;
}

// The body must be inlined whole, or the loop over elements is not vectorised.
#define SLOPES_BODY(P, T, code)                                                       \
  measure<T>([](double x, T& y_out, T& d_out) __attribute__((always_inline)) {        \
    using M = slopes::Math<slopes::P>;                                                \
    double y = 0, d = 0;                                                              \
    code;                                                                             \
    y_out = static_cast<T>(y), d_out = static_cast<T>(d);                             \
  })
#define SLOPES_SPEED(label, code)                                                     \
  std::printf("%-28s float32 %7.3f   float64 %7.3f\n", label, SLOPES_BODY(Narrow, float, code), \
              SLOPES_BODY(Full, double, code))

}  // namespace

int main() {
  SLOPES_SPEED("exp", y = M::exp(x));
  SLOPES_SPEED("log", y = M::log(x));
  SLOPES_SPEED("tanh", y = M::tanh(x));
  SLOPES_SPEED("sigmoid", y = M::sigmoid(x));
  SLOPES_SPEED("sigmoid derivative", y = M::sigmoid(x) * M::sigmoid(-x));
  SLOPES_SPEED("tanh derivative", y = M::sigmoid_times(M::sigmoid_times(4.0, 2 * x), -2 * x));
  SLOPES_SPEED("silu", y = M::sigmoid_times(x, x));
  SLOPES_SPEED("silu value and derivative", y = M::sigmoid_times(x, x);
               d = M::sigmoid_times(1 + M::sigmoid_times(x, -x), x));
  SLOPES_SPEED("gelu", y = M::ndtr_times(x, x));
  SLOPES_SPEED("gelu value and derivative", y = M::ndtr_times(x, x);
               d = M::ndtr_times(1.0, x) + M::normal_times(x, x));
  SLOPES_SPEED("softplus", y = M::maximum(x, 0.0) + M::log1p(M::exp(-M::abs(x))));
  SLOPES_SPEED("softplus by log1p_exp", y = M::maximum(x, 0.0) + M::log1p_exp(x));
}
