// telu: x * tanh(exp(x))
// Printed from the definitions by `python -m slopes.emit.cpp`.
#pragma once

template <class M>
struct TeLU {
  explicit TeLU(const double*) {}

  double value(double x) const {
    const double a = M::maximum(x, -80.0);
    return M::sigmoid_times(x * (M::tanh(M::exp(a)) / M::sigmoid(a)), x);
  }

  double derivative(double x) const {
    const double a = M::maximum(x, -80.0);
    const double b = M::exp(x);
    const double c = 4.0 * M::sigmoid_times(M::sigmoid_times(x * (1.0 + b), 2.0 * b), -2.0 * b);
    return M::sigmoid_times(M::tanh(M::exp(a)) / M::sigmoid(a) + c, x);
  }

  double second_derivative(double x) const {
    const double a = M::exp(x);
    const double b = 2.0 * a;
    const double c = M::sigmoid_times(M::sigmoid_times((1.0 + a) * (2.0 + x * (1.0 - b * M::tanh(a))), b), -2.0 * a);
    return M::sigmoid_times(4.0 * c, x);
  }

  void value_and_derivative(double x, double& value, double& derivative) const {
    const double a = M::maximum(x, -80.0);
    const double b = M::tanh(M::exp(a)) / M::sigmoid(a);
    const double c = M::exp(x);
    const double d = 4.0 * M::sigmoid_times(M::sigmoid_times(x * (1.0 + c), 2.0 * c), -2.0 * c);
    value = M::sigmoid_times(x * b, x);
    derivative = M::sigmoid_times(b + d, x);
  }
};
