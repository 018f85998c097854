// silu: x / (1 + exp(-beta * x))
// Printed from the definitions by `python -m slopes.emit.cpp`.
#pragma once

template <class M>
struct SiLU {
  double beta = 1.0;

  explicit SiLU(const double* given) : beta(given[0]) {}

  double value(double x) const {
    return M::sigmoid_times(x, M::times(beta, x));
  }

  double derivative(double x) const {
    const double a = M::times(beta, x);
    return M::sigmoid_times(1.0 + M::sigmoid_times(a, -a), a);
  }

  double second_derivative(double x) const {
    const double a = M::times(beta, x);
    return M::sigmoid_times(M::sigmoid_times(beta * (2.0 - a * M::tanh(0.5 * a)), a), -a);
  }

  void value_and_derivative(double x, double& value, double& derivative) const {
    const double a = M::times(beta, x);
    value = M::sigmoid_times(x, a);
    derivative = M::sigmoid_times(1.0 + M::sigmoid_times(a, -a), a);
  }
};
