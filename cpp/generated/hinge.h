// hinge: max(1 - z, 0)
// Printed from the definitions by `python -m slopes.emit.cpp`.
#pragma once

template <class M>
struct Hinge {
  explicit Hinge(const double*) {}

  double value(double z) const {
    return M::maximum(1.0 - z, 0.0);
  }

  double derivative(double z) const {
    return -M::step(1.0 - z);
  }

  double second_derivative(double z) const {
    return M::fill(z, 0.0);
  }

  void value_and_derivative(double z, double& value, double& derivative) const {
    const double a = 1.0 - z;
    value = M::maximum(a, 0.0);
    derivative = -M::step(a);
  }
};
