// ndtr: (1 + erf(x / sqrt(2))) / 2
// Printed from the definitions by `python -m slopes.emit.cpp`.
#pragma once

template <class M>
struct Ndtr {
  explicit Ndtr(const double*) {}

  double value(double x) const {
    return M::ndtr_times(1.0, x);
  }

  double derivative(double x) const {
    return M::normal_times(1.0, x);
  }

  double second_derivative(double x) const {
    return M::normal_times(-x, x);
  }

  void value_and_derivative(double x, double& value, double& derivative) const {
    value = M::ndtr_times(1.0, x);
    derivative = M::normal_times(1.0, x);
  }
};
