// relu_squared: max(x, 0)**2
// Printed from the definitions by `python -m slopes.emit.cpp`.
#pragma once

template <class M>
struct ReLUSquared {
  explicit ReLUSquared(const double*) {}

  double value(double x) const {
    const double a = M::maximum(x, 0.0);
    return a * a;
  }

  double derivative(double x) const {
    return 2.0 * M::maximum(x, 0.0);
  }

  double second_derivative(double x) const {
    return 2.0 * M::step(x);
  }

  void value_and_derivative(double x, double& value, double& derivative) const {
    const double a = M::maximum(x, 0.0);
    value = a * a;
    derivative = 2.0 * a;
  }
};
