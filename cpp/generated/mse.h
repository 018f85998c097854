// mse: r**2
// Printed from the definitions by `python -m slopes.emit.cpp`.
#pragma once

template <class M>
struct MSE {
  explicit MSE(const double*) {}

  double value(double r) const {
    return r * r;
  }

  double derivative(double r) const {
    return 2.0 * r;
  }

  double second_derivative(double r) const {
    return M::fill(r, 2.0);
  }

  void value_and_derivative(double r, double& value, double& derivative) const {
    value = r * r;
    derivative = 2.0 * r;
  }
};
