// binary_step: 1 if x > 0 else 0
// Printed from the definitions by `python -m slopes.emit.cpp`.
#pragma once

template <class M>
struct BinaryStep {
  explicit BinaryStep(const double*) {}

  double value(double x) const {
    return M::step(x);
  }

  double derivative(double x) const {
    return M::fill(x, 0.0);
  }

  double second_derivative(double x) const {
    return M::fill(x, 0.0);
  }

  void value_and_derivative(double x, double& value, double& derivative) const {
    value = M::step(x);
    derivative = M::fill(x, 0.0);
  }
};
