// aptx: (alpha + tanh(beta * x)) * gamma * x
// Printed from the definitions by `python -m slopes.emit.cpp`.
#pragma once

template <class M>
struct APTx {
  double alpha = 1.0;
  double beta = 1.0;
  double gamma = 0.5;

  explicit APTx(const double* given) : alpha(given[0]), beta(given[1]), gamma(given[2]) {}

  double value(double x) const {
    const double a = M::times(gamma, x);
    const double b = 2.0 * M::times(beta, x);
    return M::sigmoid_times(M::times(alpha + 1.0, a), b) + M::sigmoid_times(M::times(alpha - 1.0, a), -b);
  }

  double derivative(double x) const {
    const double a = 2.0 * M::times(beta, x);
    const double b = M::sigmoid_times(M::times(gamma * (alpha + 1.0), 1.0 + M::sigmoid_times(a, -a)), a);
    const double c = M::sigmoid_times(M::times(gamma * (alpha - 1.0), 1.0 - M::sigmoid_times(a, a)), -a);
    return b + c;
  }

  double second_derivative(double x) const {
    const double a = 2.0 * M::times(beta, x);
    return M::sigmoid_times(M::sigmoid_times(4.0 * gamma * beta * (2.0 - a * M::tanh(0.5 * a)), a), -a);
  }

  void value_and_derivative(double x, double& value, double& derivative) const {
    const double a = alpha + 1.0;
    const double b = M::times(gamma, x);
    const double c = 2.0 * M::times(beta, x);
    const double d = alpha - 1.0;
    value = M::sigmoid_times(M::times(a, b), c) + M::sigmoid_times(M::times(d, b), -c);
    derivative = M::sigmoid_times(M::times(gamma * a, 1.0 + M::sigmoid_times(c, -c)), c) + M::sigmoid_times(M::times(gamma * d, 1.0 - M::sigmoid_times(c, c)), -c);
  }
};
