// squared_hinge: max(1 - z, 0)**2
// Printed from the definitions by `python -m slopes.emit.cpp`.
#pragma once

template <class M>
struct SquaredHinge {
  explicit SquaredHinge(const double*) {}

  double value(double z) const {
    const double a = M::maximum(1.0 - z, 0.0);
    return a * a;
  }

  double derivative(double z) const {
    return -2.0 * M::maximum(1.0 - z, 0.0);
  }

  double second_derivative(double z) const {
    return 2.0 * M::step(1.0 - z);
  }

  void value_and_derivative(double z, double& value, double& derivative) const {
    const double a = M::maximum(1.0 - z, 0.0);
    value = a * a;
    derivative = -2.0 * a;
  }
};
