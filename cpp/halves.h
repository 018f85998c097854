// Values of sigmoid and silu in float64, each block in two loops: the exponentials, then the quotients. In one loop an
// element is so long a chain of dependent operations that the processor has room for hardly two elements at a time.
#pragma once

// Of a function F of the register: whether its value stands here, and for which parameters.
template <template <class> class F>
struct InHalves {
  static constexpr bool is_here = false;
};

template <>
struct InHalves<Sigmoid> {
  static constexpr bool is_here = true;
  static bool serves(const double*) { return true; }
  SLOPES_INLINE double value(double x, const slopes::detail::SplitExp& e) { return slopes::detail::sigmoid(x, e); }
};

template <>
struct InHalves<SiLU> {
  static constexpr bool is_here = true;
  static bool serves(const double* given) { return given[0] == 1; }
  // Below -800 as there: 0, and no product with infinity.
  SLOPES_INLINE double value(double x, const slopes::detail::SplitExp& e) {
    const slopes::detail::ScaledSigmoid s = slopes::detail::scaled_sigmoid(x, e);
    return slopes::detail::at_least(x, -800.0) * s.value * s.power * s.scale;
  }
};

template <template <class> class F>
inline void value_in_halves(const double* x, double* y, int64_t blocks) {
  Buffer<double> high, low, power;
  for (int64_t b = 0; b < blocks; ++b, x += block, y += block) {
#pragma omp simd
    for (int64_t i = 0; i < block; ++i) {
      const slopes::detail::SplitExp e = slopes::detail::split_exp(x[i]);
      high.data[i] = e.m.high;
      low.data[i] = e.m.low;
      power.data[i] = e.power;
    }
#pragma omp simd
    for (int64_t i = 0; i < block; ++i) {
      y[i] = InHalves<F>::value(x[i], {{high.data[i], low.data[i]}, power.data[i]});
    }
  }
}
