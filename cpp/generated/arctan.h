// arctan: arctan(x)
// Printed from the definitions by `python -m slopes.emit.cpp`.
#pragma once

template <class M>
struct Arctan {
  explicit Arctan(const double*) {}

  double value(double x) const {
    return M::arctan(x);
  }

  double derivative(double x) const {
    const double a = M::abs(x);
    const double b = M::maximum(a, 1.0);
    const double c = 1.0 / b / b;
    const double d = M::minimum(a, 1.0);
    return c / (c + d * d);
  }

  double second_derivative(double x) const {
    const double a = M::abs(x);
    const double b = M::minimum(a, 1.0);
    const double c = M::maximum(a, 1.0);
    const double d = 1.0 / c / c;
    const double f = d + b * b;
    return -2.0 * (M::sign(x) * b / c / f) * (d / f);
  }

  void value_and_derivative(double x, double& value, double& derivative) const {
    const double a = M::abs(x);
    const double b = M::maximum(a, 1.0);
    const double c = 1.0 / b / b;
    const double d = M::minimum(a, 1.0);
    value = M::arctan(x);
    derivative = c / (c + d * d);
  }
};
