// exponential: exp(x)
// Printed from the definitions by `python -m slopes.emit.cpp`.
#pragma once

template <class M>
struct Exponential {
  explicit Exponential(const double*) {}

  double value(double x) const {
    return M::exp(x);
  }

  double derivative(double x) const {
    return M::exp(x);
  }

  double second_derivative(double x) const {
    return M::exp(x);
  }

  void value_and_derivative(double x, double& value, double& derivative) const {
    const double a = M::exp(x);
    value = a;
    derivative = a;
  }
};
