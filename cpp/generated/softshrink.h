// softshrink: x - lambd if x > lambd else x + lambd if x < -lambd else 0
// Printed from the definitions by `python -m slopes.emit.cpp`.
#pragma once

template <class M>
struct Softshrink {
  double lambd = 0.5;

  explicit Softshrink(const double* given) : lambd(given[0]) {}

  double value(double x) const {
    return x - M::minimum(M::maximum(x, -lambd), lambd);
  }

  double derivative(double x) const {
    return M::step(M::abs(x) - lambd);
  }

  double second_derivative(double x) const {
    return M::fill(x, 0.0);
  }

  void value_and_derivative(double x, double& value, double& derivative) const {
    value = x - M::minimum(M::maximum(x, -lambd), lambd);
    derivative = M::step(M::abs(x) - lambd);
  }
};
