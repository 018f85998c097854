// isru: x / sqrt(1 + alpha * x**2)
// Printed from the definitions by `python -m slopes.emit.cpp`.
#pragma once

template <class M>
struct ISRU {
  double alpha = 1.0;

  explicit ISRU(const double* given) : alpha(given[0]) {}

  double value(double x) const {
    const double a = M::abs(x);
    const double b = M::sqrt(M::fill(x, alpha));
    return M::where(M::less(a, 1.0), x / M::hypot(b * x, 1.0), M::sign(x) / M::hypot(1.0 / M::maximum(a, 1.0), b));
  }

  double derivative(double x) const {
    const double a = 1.0 / M::hypot(M::sqrt(M::fill(x, alpha)) * x, 1.0);
    return a * a * a;
  }

  double second_derivative(double x) const {
    const double a = M::abs(x);
    const double b = M::sqrt(M::fill(x, alpha));
    const double c = M::hypot(b * x, 1.0);
    const double d = M::where(M::less(a, 1.0), x / c, M::sign(x) / M::hypot(1.0 / M::maximum(a, 1.0), b));
    const double f = 1.0 / c;
    return -3.0 * alpha * d * f * f * f * f;
  }

  void value_and_derivative(double x, double& value, double& derivative) const {
    const double a = M::abs(x);
    const double b = M::sqrt(M::fill(x, alpha));
    const double c = M::hypot(b * x, 1.0);
    const double d = 1.0 / c;
    value = M::where(M::less(a, 1.0), x / c, M::sign(x) / M::hypot(1.0 / M::maximum(a, 1.0), b));
    derivative = d * d * d;
  }
};
