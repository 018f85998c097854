// Values of which each block is computed in two loops: the exponentials, then the rest. In one loop an element is so long a
// chain of dependent operations that the processor has room for hardly two of them at a time, and waits.
#pragma once

// Of a function F of the register and results of type T: whether its value stands here, and for which parameters.
template <template <class> class F, class T>
struct InHalves {
  static constexpr bool is_here = false;
};

template <template <class> class F>
  requires requires { typename InSingle<F>::Split; }
struct InHalves<F, float> : InSingle<F> {};

template <>
struct InHalves<Sigmoid, double> {
  static constexpr bool is_here = true;
  using Split = slopes::detail::SplitExp;
  static bool serves(const double*) { return true; }
  SLOPES_INLINE Split split(double x) { return slopes::detail::split_exp(x); }
  SLOPES_INLINE double value(double x, const Split& e) { return slopes::detail::sigmoid(x, e); }
};

template <>
struct InHalves<SiLU, double> {
  static constexpr bool is_here = true;
  using Split = slopes::detail::SplitExp;
  static bool serves(const double* given) { return given[0] == 1; }
  SLOPES_INLINE Split split(double x) { return slopes::detail::split_exp(x); }
  // Below -800 it is what it is there, -0; an infinite x would not be.
  SLOPES_INLINE double value(double x, const Split& e) {
    const slopes::detail::ScaledSigmoid s = slopes::detail::scaled_sigmoid(x, e);
    return slopes::detail::at_least(x, -800.0) * s.value * s.power * s.scale;
  }
};

template <template <class> class F, class T>
inline void value_in_halves(const T* x, T* y, int64_t blocks) {
  Buffer<T> high, low, power;
  for (int64_t b = 0; b < blocks; ++b, x += block, y += block) {
#pragma omp simd
    for (int64_t i = 0; i < block; ++i) {
      const auto e = InHalves<F, T>::split(x[i]);
      high.data[i] = e.m.high;
      low.data[i] = e.m.low;
      power.data[i] = e.power;
    }
#pragma omp simd
    for (int64_t i = 0; i < block; ++i) {
      y[i] = InHalves<F, T>::value(x[i], {{high.data[i], low.data[i]}, power.data[i]});
    }
  }
}
