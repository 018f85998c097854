// logish: x * log(1 + 1 / (1 + exp(-x)))
// Printed from the definitions by `python -m slopes.emit.cpp`.
#pragma once

template <class M>
struct Logish {
  explicit Logish(const double*) {}

  double value(double x) const {
    const double a = M::sigmoid(M::maximum(x, -80.0));
    return M::sigmoid_times(x * (M::log1p(a) / a), x);
  }

  double derivative(double x) const {
    const double a = M::sigmoid(M::maximum(x, -80.0));
    return M::sigmoid_times(M::log1p(a) / a + M::sigmoid_times(x / (1.0 + M::sigmoid(x)), -x), x);
  }

  double second_derivative(double x) const {
    const double a = M::sigmoid(x);
    const double b = 1.0 + a;
    return M::sigmoid_times(M::sigmoid_times((2.0 + x * ((1.0 - 2.0 * a - a * a) / b)) / b, x), -x);
  }

  void value_and_derivative(double x, double& value, double& derivative) const {
    const double a = M::sigmoid(M::maximum(x, -80.0));
    const double b = M::log1p(a) / a;
    value = M::sigmoid_times(x * b, x);
    derivative = M::sigmoid_times(b + M::sigmoid_times(x / (1.0 + M::sigmoid(x)), -x), x);
  }
};
