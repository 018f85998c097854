// quick_gelu: x / (1 + exp(-1.702 * x))
// Printed from the definitions by `python -m slopes.emit.cpp`.
#pragma once

template <class M>
struct QuickGELU {
  explicit QuickGELU(const double*) {}

  double value(double x) const {
    return M::sigmoid_times(x, 1.702 * x);
  }

  double derivative(double x) const {
    const double a = 1.702 * x;
    return M::sigmoid_times(1.0 + M::sigmoid_times(a, -a), a);
  }

  double second_derivative(double x) const {
    const double a = 1.702 * x;
    return M::sigmoid_times(M::sigmoid_times(1.702 * (2.0 - a * M::tanh(0.5 * a)), a), -a);
  }

  void value_and_derivative(double x, double& value, double& derivative) const {
    const double a = 1.702 * x;
    value = M::sigmoid_times(x, a);
    derivative = M::sigmoid_times(1.0 + M::sigmoid_times(a, -a), a);
  }
};
