// squareplus: (x + sqrt(x**2 + b)) / 2
// Printed from the definitions by `python -m slopes.emit.cpp`.
#pragma once

template <class M>
struct Squareplus {
  double b = 4.0;

  explicit Squareplus(const double* given) : b(given[0]) {}

  double value(double x) const {
    const double a = 0.5 * (M::abs(x) + M::hypot(x, M::sqrt(M::fill(x, b))));
    return M::where(M::less(x, 0.0), 0.25 * b / a, a);
  }

  double derivative(double x) const {
    const double a = M::hypot(x, M::sqrt(M::fill(x, b)));
    const double c = 0.25 * b / (0.5 * (M::abs(x) + a)) / a;
    return M::where(M::less(x, 0.0), c, 1.0 - c);
  }

  double second_derivative(double x) const {
    const double a = M::hypot(x, M::sqrt(M::fill(x, b)));
    return 0.5 * b / a / a / a;
  }

  void value_and_derivative(double x, double& value, double& derivative) const {
    const bool a = M::less(x, 0.0);
    const double c = M::hypot(x, M::sqrt(M::fill(x, b)));
    const double d = 0.5 * (M::abs(x) + c);
    const double f = 0.25 * b / d;
    const double g = f / c;
    value = M::where(a, f, d);
    derivative = M::where(a, g, 1.0 - g);
  }
};
