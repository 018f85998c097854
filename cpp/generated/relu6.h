// relu6: min(max(x, 0), 6)
// Printed from the definitions by `python -m slopes.emit.cpp`.
#pragma once

template <class M>
struct ReLU6 {
  explicit ReLU6(const double*) {}

  double value(double x) const {
    return M::minimum(M::maximum(x, 0.0), 6.0);
  }

  double derivative(double x) const {
    return M::step(x) * M::step(6.0 - x);
  }

  double second_derivative(double x) const {
    return M::fill(x, 0.0);
  }

  void value_and_derivative(double x, double& value, double& derivative) const {
    value = M::minimum(M::maximum(x, 0.0), 6.0);
    derivative = M::step(x) * M::step(6.0 - x);
  }
};
