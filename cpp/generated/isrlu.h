// isrlu: x if x > 0 else x / sqrt(1 + alpha * x**2)
// Printed from the definitions by `python -m slopes.emit.cpp`.
#pragma once

template <class M>
struct ISRLU {
  double alpha = 1.0;

  explicit ISRLU(const double* given) : alpha(given[0]) {}

  double value(double x) const {
    const double a = M::abs(x);
    const double b = M::sqrt(M::fill(x, alpha));
    const double c = M::where(M::less(a, 1.0), x / M::hypot(b * x, 1.0), M::sign(x) / M::hypot(1.0 / M::maximum(a, 1.0), b));
    return M::where(M::less(0.0, x), x, c);
  }

  double derivative(double x) const {
    const double a = M::minimum(x, 0.0);
    const double b = 1.0 / M::hypot(M::sqrt(M::fill(a, alpha)) * a, 1.0);
    return b * b * b;
  }

  double second_derivative(double x) const {
    const double a = M::minimum(x, 0.0);
    const double b = M::abs(a);
    const double c = M::sqrt(M::fill(a, alpha));
    const double d = M::hypot(c * a, 1.0);
    const double f = M::where(M::less(b, 1.0), a / d, M::sign(a) / M::hypot(1.0 / M::maximum(b, 1.0), c));
    const double g = 1.0 / d;
    return -3.0 * alpha * M::where(M::less(0.0, a), a, f) * g * g * g * g;
  }

  void value_and_derivative(double x, double& value, double& derivative) const {
    const double a = M::abs(x);
    const double b = M::sqrt(M::fill(x, alpha));
    const double c = M::where(M::less(a, 1.0), x / M::hypot(b * x, 1.0), M::sign(x) / M::hypot(1.0 / M::maximum(a, 1.0), b));
    const double d = M::minimum(x, 0.0);
    const double f = 1.0 / M::hypot(M::sqrt(M::fill(d, alpha)) * d, 1.0);
    value = M::where(M::less(0.0, x), x, c);
    derivative = f * f * f;
  }
};
