// smish: x * tanh(log(1 + 1 / (1 + exp(-x))))
// Printed from the definitions by `python -m slopes.emit.cpp`.
#pragma once

template <class M>
struct Smish {
  explicit Smish(const double*) {}

  double value(double x) const {
    const double a = M::sigmoid(x);
    return M::sigmoid_times(x * ((2.0 + a) / (2.0 + 2.0 * a + a * a)), x);
  }

  double derivative(double x) const {
    const double a = M::sigmoid(x);
    const double b = 2.0 + 2.0 * a + a * a;
    return M::sigmoid_times((2.0 + a) / b + M::sigmoid_times(4.0 * x * ((1.0 + a) / (b * b)), -x), x);
  }

  double second_derivative(double x) const {
    const double a = M::sigmoid(x);
    const double b = 2.0 + 2.0 * a + a * a;
    const double c = b * b;
    const double d = 4.0 * (1.0 + a) / c;
    const double f = -4.0 * (2.0 + 6.0 * a + 3.0 * a * a) / (c * b) * a * M::sigmoid(-x) - d * M::tanh(0.5 * x);
    return M::sigmoid_times(M::sigmoid_times(2.0 * d + x * f, x), -x);
  }

  void value_and_derivative(double x, double& value, double& derivative) const {
    const double a = M::sigmoid(x);
    const double b = 2.0 + 2.0 * a + a * a;
    const double c = (2.0 + a) / b;
    value = M::sigmoid_times(x * c, x);
    derivative = M::sigmoid_times(c + M::sigmoid_times(4.0 * x * ((1.0 + a) / (b * b)), -x), x);
  }
};
