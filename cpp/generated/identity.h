// identity: x
// Printed from the definitions by `python -m slopes.emit.cpp`.
#pragma once

template <class M>
struct Identity {
  explicit Identity(const double*) {}

  double value(double x) const {
    return x;
  }

  double derivative(double x) const {
    return M::fill(x, 1.0);
  }

  double second_derivative(double x) const {
    return M::fill(x, 0.0);
  }

  void value_and_derivative(double x, double& value, double& derivative) const {
    value = x;
    derivative = M::fill(x, 1.0);
  }
};
