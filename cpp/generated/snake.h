// snake: x + sin(alpha * x)**2 / alpha
// Printed from the definitions by `python -m slopes.emit.cpp`.
#pragma once

template <class M>
struct Snake {
  double alpha = 1.0;

  explicit Snake(const double* given) : alpha(given[0]) {}

  double value(double x) const {
    const double a = M::sin(alpha * x);
    return x + M::where(M::equal(x - x, 0.0), a * a / alpha, 0.0);
  }

  double derivative(double x) const {
    const double a = alpha * x;
    const double b = M::sin(a) + M::cos(a);
    return b * b;
  }

  double second_derivative(double x) const {
    const double a = 2.0 * alpha;
    return a * M::cos(a * x);
  }

  void value_and_derivative(double x, double& value, double& derivative) const {
    const double a = alpha * x;
    const double b = M::sin(a);
    const double c = b + M::cos(a);
    value = x + M::where(M::equal(x - x, 0.0), b * b / alpha, 0.0);
    derivative = c * c;
  }
};
