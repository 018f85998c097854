// prelu: x if x > 0 else slope * x
// Printed from the definitions by `python -m slopes.emit.cpp`.
#pragma once

template <class M>
struct PReLU {
  double slope = 0.25;

  explicit PReLU(const double* given) : slope(given[0]) {}

  double value(double x) const {
    return M::where(M::less(0.0, x), x, M::times(slope, x));
  }

  double derivative(double x) const {
    const double a = M::step(x);
    return a + slope * (1.0 - a);
  }

  double second_derivative(double x) const {
    return M::fill(x, 0.0);
  }

  void value_and_derivative(double x, double& value, double& derivative) const {
    const double a = M::step(x);
    value = M::where(M::less(0.0, x), x, M::times(slope, x));
    derivative = a + slope * (1.0 - a);
  }
};
