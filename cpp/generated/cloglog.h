// cloglog: 1 - exp(-exp(x))
// Printed from the definitions by `python -m slopes.emit.cpp`.
#pragma once

template <class M>
struct Cloglog {
  explicit Cloglog(const double*) {}

  double value(double x) const {
    return -M::expm1(-M::exp(x));
  }

  double derivative(double x) const {
    const double a = M::exp(x);
    return M::sigmoid_times(a * (1.0 + M::exp(-a)), -a);
  }

  double second_derivative(double x) const {
    const double a = M::exp(x);
    return M::sigmoid_times(-M::expm1(x) * a * (1.0 + M::exp(-a)), -a);
  }

  void value_and_derivative(double x, double& value, double& derivative) const {
    const double a = M::exp(x);
    value = -M::expm1(-a);
    derivative = M::sigmoid_times(a * (1.0 + M::exp(-a)), -a);
  }
};
