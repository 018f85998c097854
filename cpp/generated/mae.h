// mae: abs(r)
// Printed from the definitions by `python -m slopes.emit.cpp`.
#pragma once

template <class M>
struct MAE {
  explicit MAE(const double*) {}

  double value(double r) const {
    return M::abs(r);
  }

  double derivative(double r) const {
    return M::sign(r);
  }

  double second_derivative(double r) const {
    return M::fill(r, 0.0);
  }

  void value_and_derivative(double r, double& value, double& derivative) const {
    value = M::abs(r);
    derivative = M::sign(r);
  }
};
