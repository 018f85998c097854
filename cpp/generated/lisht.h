// lisht: x * tanh(x)
// Printed from the definitions by `python -m slopes.emit.cpp`.
#pragma once

template <class M>
struct LiSHT {
  explicit LiSHT(const double*) {}

  double value(double x) const {
    return x * M::tanh(x);
  }

  double derivative(double x) const {
    return M::tanh(x) + M::sigmoid_times(M::sigmoid_times(4.0 * x, 2.0 * x), -2.0 * x);
  }

  double second_derivative(double x) const {
    return M::sigmoid_times(M::sigmoid_times(8.0 * (1.0 - x * M::tanh(x)), 2.0 * x), -2.0 * x);
  }

  void value_and_derivative(double x, double& value, double& derivative) const {
    const double a = M::tanh(x);
    value = x * a;
    derivative = a + M::sigmoid_times(M::sigmoid_times(4.0 * x, 2.0 * x), -2.0 * x);
  }
};
