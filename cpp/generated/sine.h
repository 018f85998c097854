// sine: sin(x)
// Printed from the definitions by `python -m slopes.emit.cpp`.
#pragma once

template <class M>
struct Sine {
  explicit Sine(const double*) {}

  double value(double x) const {
    return M::sin(x);
  }

  double derivative(double x) const {
    return M::cos(x);
  }

  double second_derivative(double x) const {
    return -M::sin(x);
  }

  void value_and_derivative(double x, double& value, double& derivative) const {
    value = M::sin(x);
    derivative = M::cos(x);
  }
};
