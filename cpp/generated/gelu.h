// gelu: x * (1 + erf(x / sqrt(2))) / 2
// Printed from the definitions by `python -m slopes.emit.cpp`.
#pragma once

template <class M>
struct GELU {
  explicit GELU(const double*) {}

  double value(double x) const {
    return M::ndtr_times(x, x);
  }

  double derivative(double x) const {
    return M::ndtr_times(1.0, x) + M::normal_times(x, x);
  }

  double second_derivative(double x) const {
    return M::normal_times(2.0 - x * x, x);
  }

  void value_and_derivative(double x, double& value, double& derivative) const {
    value = M::ndtr_times(x, x);
    derivative = M::ndtr_times(1.0, x) + M::normal_times(x, x);
  }
};
