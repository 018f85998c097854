// leaky_relu: x if x > 0 else negative_slope * x
// Printed from the definitions by `python -m slopes.emit.cpp`.
#pragma once

template <class M>
struct LeakyReLU {
  double negative_slope = 0.01;

  explicit LeakyReLU(const double* given) : negative_slope(given[0]) {}

  double value(double x) const {
    return M::where(M::less(0.0, x), x, M::times(negative_slope, x));
  }

  double derivative(double x) const {
    const double a = M::step(x);
    return a + negative_slope * (1.0 - a);
  }

  double second_derivative(double x) const {
    return M::fill(x, 0.0);
  }

  void value_and_derivative(double x, double& value, double& derivative) const {
    const double a = M::step(x);
    value = M::where(M::less(0.0, x), x, M::times(negative_slope, x));
    derivative = a + negative_slope * (1.0 - a);
  }
};
