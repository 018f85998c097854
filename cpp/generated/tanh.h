// tanh: (exp(x) - exp(-x)) / (exp(x) + exp(-x))
// Printed from the definitions by `python -m slopes.emit.cpp`.
#pragma once

template <class M>
struct Tanh {
  explicit Tanh(const double*) {}

  double value(double x) const {
    return M::tanh(x);
  }

  double derivative(double x) const {
    return M::sigmoid_times(M::sigmoid_times(4.0, 2.0 * x), -2.0 * x);
  }

  double second_derivative(double x) const {
    return M::sigmoid_times(M::sigmoid_times(-8.0 * M::tanh(x), 2.0 * x), -2.0 * x);
  }

  void value_and_derivative(double x, double& value, double& derivative) const {
    value = M::tanh(x);
    derivative = M::sigmoid_times(M::sigmoid_times(4.0, 2.0 * x), -2.0 * x);
  }
};
