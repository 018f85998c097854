// One loop for each method of a function, over blocks. A table of them is made for float and one for double.
#pragma once

// A float32 result needs no more than the shorter polynomials: their error vanishes where derivatives cross zero
// (exponential.h). Second derivatives of curves cross elsewhere, and get the longer ones.
template <class T>
using Words = slopes::Math<std::conditional_t<sizeof(T) == sizeof(float), slopes::Narrow, slopes::Full>>;

template <class Each>
inline void each_element(int64_t blocks, Each each) {
  for (int64_t start = 0; start < blocks * block; start += block) {
#pragma omp simd
    for (int64_t i = 0; i < block; ++i) each(start + i);
  }
}

template <class T>
using CurveLoop = void (*)(const double* given, const T* x, const T* cotangent, T* y, T* dy, int64_t blocks);

template <template <class> class F, class T>
struct Curve {
  using Function = F<Words<T>>;
  using Second = F<Words<double>>;
  static constexpr bool in_single = sizeof(T) == sizeof(float) && InSingle<F>::is_here;

  [[gnu::flatten]] static void value(const double* given, const T* x, const T*, T* y, T*, int64_t blocks) {
    const Function f(given);
    if constexpr (in_single) {
      if (InSingle<F>::serves(given)) return each_element(blocks, [=](int64_t i) { y[i] = InSingle<F>::value(x[i]); });
    }
    each_element(blocks, [=](int64_t i) { y[i] = T(f.value(x[i])); });
  }
  [[gnu::flatten]] static void derivative(const double* given, const T* x, const T*, T* y, T*, int64_t blocks) {
    const Function f(given);
    each_element(blocks, [=](int64_t i) { y[i] = T(f.derivative(x[i])); });
  }
  [[gnu::flatten]] static void second_derivative(const double* given, const T* x, const T*, T* y, T*, int64_t blocks) {
    const Second f(given);
    each_element(blocks, [=](int64_t i) { y[i] = T(f.second_derivative(x[i])); });
  }
  [[gnu::flatten]] static void vjp(const double* given, const T* x, const T* cotangent, T* y, T*, int64_t blocks) {
    const Function f(given);
    each_element(blocks, [=](int64_t i) { y[i] = T(cotangent[i] * f.derivative(x[i])); });
  }
  [[gnu::flatten]] static void value_and_derivative(const double* given, const T* x, const T*, T* y, T* dy, int64_t blocks) {
    const Function f(given);
    if constexpr (in_single) {
      if (InSingle<F>::serves(given)) {
        return each_element(blocks, [=](int64_t i) {
          const T at = x[i];
          y[i] = InSingle<F>::value(at);
          dy[i] = T(f.derivative(at));
        });
      }
    }
    each_element(blocks, [=](int64_t i) {
      double value, derivative;
      f.value_and_derivative(x[i], value, derivative);
      y[i] = T(value);
      dy[i] = T(derivative);
    });
  }

  static constexpr CurveLoop<T> loops[] = {value, derivative, second_derivative, vjp, value_and_derivative};
};

// Losses leave doubles: a weight, a divisor and the sum come before the one rounding.
template <class T>
using LossLoop = void (*)(const double* given, const T* p, const T* t, double* first, double* second);

template <template <class> class F, class T>
struct Loss {
  using Function = F<Words<T>>;

  [[gnu::flatten]] static void value(const double* given, const T* p, const T* t, double* l, double*) {
    const Function f(given);
    each_element(1, [=](int64_t i) { l[i] = f.value(p[i], t[i]); });
  }
  [[gnu::flatten]] static void gradient(const double* given, const T* p, const T* t, double* g, double*) {
    const Function f(given);
    each_element(1, [=](int64_t i) { g[i] = f.gradient(p[i], t[i]); });
  }
  [[gnu::flatten]] static void hessian(const double* given, const T* p, const T* t, double* h, double*) {
    const Function f(given);
    each_element(1, [=](int64_t i) { h[i] = f.hessian(p[i], t[i]); });
  }
  [[gnu::flatten]] static void value_and_gradient(const double* given, const T* p, const T* t, double* l, double* g) {
    const Function f(given);
    each_element(1, [=](int64_t i) {
      double value, gradient;
      f.value_and_gradient(p[i], t[i], value, gradient);
      l[i] = value;
      g[i] = gradient;
    });
  }

  static constexpr LossLoop<T> loops[] = {value, gradient, hessian, value_and_gradient};
};

// A curve of the residual or of the margin, as a loss of prediction and target.
template <template <class> class F>
struct OfResidual {
  template <class M>
  struct Pair : F<M> {
    using F<M>::F;
    double value(double p, double t) const { return F<M>::value(p - t); }
    double gradient(double p, double t) const { return F<M>::derivative(p - t); }
    double hessian(double p, double t) const { return F<M>::second_derivative(p - t); }
    void value_and_gradient(double p, double t, double& value, double& gradient) const {
      F<M>::value_and_derivative(p - t, value, gradient);
    }
  };
};

template <template <class> class F>
struct OfMargin {
  template <class M>
  struct Pair : F<M> {
    using F<M>::F;
    double value(double p, double t) const { return F<M>::value(t * p); }
    double gradient(double p, double t) const { return t * F<M>::derivative(t * p); }
    double hessian(double p, double t) const { return t * t * F<M>::second_derivative(t * p); }
    void value_and_gradient(double p, double t, double& value, double& gradient) const {
      double slope;
      F<M>::value_and_derivative(t * p, value, slope);
      gradient = t * slope;
    }
  };
};
