// relu: max(x, 0)
// Printed from the definitions by `python -m slopes.emit.cpp`.
#pragma once

template <class M>
struct ReLU {
  explicit ReLU(const double*) {}

  double value(double x) const {
    return M::maximum(x, 0.0);
  }

  double derivative(double x) const {
    return M::step(x);
  }

  double second_derivative(double x) const {
    return M::fill(x, 0.0);
  }

  void value_and_derivative(double x, double& value, double& derivative) const {
    value = M::maximum(x, 0.0);
    derivative = M::step(x);
  }
};
