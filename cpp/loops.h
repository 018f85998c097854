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

// Of a function with a first derivative or a Hessian that crosses zero where the error of the shorter polynomials does not vanish.
template <template <class> class F>
inline constexpr bool crosses_elsewhere = false;
template <>
inline constexpr bool crosses_elsewhere<AconC> = true;
template <>
inline constexpr bool crosses_elsewhere<Asymmetric> = true;
template <>
inline constexpr bool crosses_elsewhere<ELiSH> = true;

// The words that results of type T need of a function.
template <template <class> class F, class T>
using WordsOf = std::conditional_t<crosses_elsewhere<F>, Words<double>, Words<T>>;

template <template <class> class F, class T>
struct Curve {
  using Function = F<WordsOf<F, T>>;
  using Second = F<Words<double>>;
  static constexpr bool in_single = sizeof(T) == sizeof(float) && InSingle<F>::is_here;

  [[gnu::flatten]] static void value(const double* given, const T* x, const T*, T* y, T*, int64_t blocks) {
    const Function f(given);
    if constexpr (InHalves<F, T>::is_here) {
      if (InHalves<F, T>::serves(given)) return value_in_halves<F, T>(x, y, blocks);
    } else if constexpr (in_single) {
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
    if constexpr (in_single && InSingle<F>::with_derivative) {
      if (InSingle<F>::serves(given)) {
        return each_element(blocks, [=](int64_t i) {
          T value, derivative;
          if constexpr (requires { &InSingle<F>::value_and_derivative; }) {
            InSingle<F>::value_and_derivative(x[i], value, derivative);
          } else {
            value = InSingle<F>::value(x[i]);
            derivative = T(f.derivative(x[i]));
          }
          y[i] = value;
          dy[i] = derivative;
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

// A division of results. A float32 result may be multiplied by the reciprocal, where that is a normal number.
template <class T>
struct Divisor {
  static constexpr bool narrow = sizeof(T) == sizeof(float);
  double by, times;

  explicit Divisor(double divisor) : by(divisor), times(1 / divisor) {}

  bool by_reciprocal() const { return narrow && times > 1e-300 && times < 1e300; }
  bool is_quick() const { return by_reciprocal() || !narrow; }
  double quick(double x) const { return narrow ? x * times : x / by; }

  void divide(double* g) const {
    if (by == 1) return;
    if (by_reciprocal()) {
      each_element(1, [this, g](int64_t i) { g[i] *= times; });
    } else {
      each_element(1, [this, g](int64_t i) { g[i] /= by; });
    }
  }
};

// The sum of a block, in a fixed tree.
inline double sum_of_block(double* l) {
  for (int64_t half = block / 2; half; half /= 2) {
#pragma omp simd
    for (int64_t i = 0; i < half; ++i) l[i] += l[i + half];
  }
  return l[0];
}

// Losses leave doubles: a weight, a divisor and the sum come before the one rounding.
template <class T>
using LossLoop = void (*)(const double* given, const T* p, const T* t, double* first, double* second);

// What training asks for, without a detour through memory: the sum of each block, and the gradient, divided.
template <class T>
using TrainingLoop = void (*)(const double* given, const T* p, const T* t, const Divisor<T>& divisor, double* sums, T* g,
                              int64_t blocks);

template <class T>
struct LossLoops {
  LossLoop<T> value, gradient, hessian, value_and_gradient;
  TrainingLoop<T> training;
};

template <template <class> class F, class T>
struct Loss {
  using Function = F<WordsOf<F, T>>;

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
  [[gnu::flatten]] static void training(const double* given, const T* p, const T* t, const Divisor<T>& asked, double* sums,
                                        T* g, int64_t blocks) {
    const Function f(given);
    const Divisor<T> divisor(asked);
    for (int64_t b = 0; b < blocks; ++b, p += block, t += block, g += block) {
      if constexpr (sizeof(T) == sizeof(float)) {
        double sum = 0;  // of float32, in whatever order: rounding takes nothing that would be seen in the result
#pragma omp simd reduction(+ : sum)
        for (int64_t i = 0; i < block; ++i) {
          double value, gradient;
          f.value_and_gradient(p[i], t[i], value, gradient);
          sum += value;
          g[i] = T(divisor.quick(gradient));
        }
        sums[b] = sum;
      } else {
        Buffer<double> l;
        each_element(1, [&](int64_t i) {
          double gradient;
          f.value_and_gradient(p[i], t[i], l.data[i], gradient);
          g[i] = divisor.quick(gradient);
        });
        sums[b] = sum_of_block(l.data);
      }
    }
  }

  static constexpr LossLoops<T> loops = {value, gradient, hessian, value_and_gradient, training};
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
