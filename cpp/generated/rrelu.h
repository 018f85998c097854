// rrelu: x if x > 0 else x * (lower + upper) / 2
// Printed from the definitions by `python -m slopes.emit.cpp`.
#pragma once

template <class M>
struct RReLU {
  double lower = 0.125;
  double upper = 0.3333333333333333;

  explicit RReLU(const double* given) : lower(given[0]), upper(given[1]) {}

  double value(double x) const {
    return M::where(M::less(0.0, x), x, M::times(0.5 * (lower + upper), x));
  }

  double derivative(double x) const {
    const double a = M::step(x);
    return a + 0.5 * (lower + upper) * (1.0 - a);
  }

  double second_derivative(double x) const {
    return M::fill(x, 0.0);
  }

  void value_and_derivative(double x, double& value, double& derivative) const {
    const double a = 0.5 * (lower + upper);
    const double b = M::step(x);
    value = M::where(M::less(0.0, x), x, M::times(a, x));
    derivative = b + a * (1.0 - b);
  }
};
