// logit: log(x / (1 - x))
// Printed from the definitions by `python -m slopes.emit.cpp`.
#pragma once

template <class M>
struct Logit {
  explicit Logit(const double*) {}

  double value(double x) const {
    const double a = 2.0 * x - 1.0;
    const double b = 1.0 - x;
    const double c = M::minimum(x, b);
    const double d = M::where(M::less(c, 0.25), -M::log(c / M::maximum(x, b)), M::log1p(M::abs(a) / c));
    return M::sign(a) * d;
  }

  double derivative(double x) const {
    const double a = x * (1.0 - x);
    return M::where(M::less(a, 0.0), M::sqrt(a), 1.0 / M::abs(a));
  }

  double second_derivative(double x) const {
    const double a = x * (1.0 - x);
    const double b = M::where(M::less(a, 0.0), M::sqrt(a), 1.0 / M::abs(a));
    return (2.0 * x - 1.0) * b * b;
  }

  void value_and_derivative(double x, double& value, double& derivative) const {
    const double a = 2.0 * x - 1.0;
    const double b = 1.0 - x;
    const double c = M::minimum(x, b);
    const double d = M::where(M::less(c, 0.25), -M::log(c / M::maximum(x, b)), M::log1p(M::abs(a) / c));
    const double f = x * b;
    value = M::sign(a) * d;
    derivative = M::where(M::less(f, 0.0), M::sqrt(f), 1.0 / M::abs(f));
  }
};
