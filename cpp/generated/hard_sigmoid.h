// hard_sigmoid: max(0, min(1, x / 6 + 1 / 2))
// Printed from the definitions by `python -m slopes.emit.cpp`.
#pragma once

template <class M>
struct HardSigmoid {
  explicit HardSigmoid(const double*) {}

  double value(double x) const {
    return M::minimum(M::maximum(x + 3.0, 0.0), 6.0) / 6.0;
  }

  double derivative(double x) const {
    return M::step(x + 3.0) * M::step(3.0 - x) / 6.0;
  }

  double second_derivative(double x) const {
    return M::fill(x, 0.0);
  }

  void value_and_derivative(double x, double& value, double& derivative) const {
    const double a = x + 3.0;
    value = M::minimum(M::maximum(a, 0.0), 6.0) / 6.0;
    derivative = M::step(a) * M::step(3.0 - x) / 6.0;
  }
};
