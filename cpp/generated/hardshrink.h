// hardshrink: x if abs(x) > lambd else 0
// Printed from the definitions by `python -m slopes.emit.cpp`.
#pragma once

template <class M>
struct Hardshrink {
  double lambd = 0.5;

  explicit Hardshrink(const double* given) : lambd(given[0]) {}

  double value(double x) const {
    return M::where(M::less(lambd, M::abs(x)), x, M::fill(x, 0.0));
  }

  double derivative(double x) const {
    return M::step(M::abs(x) - lambd);
  }

  double second_derivative(double x) const {
    return M::fill(x, 0.0);
  }

  void value_and_derivative(double x, double& value, double& derivative) const {
    const double a = M::abs(x);
    value = M::where(M::less(lambd, a), x, M::fill(x, 0.0));
    derivative = M::step(a - lambd);
  }
};
