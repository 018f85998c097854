// acon_c: p2 * x + (p1 - p2) * x / (1 + exp(-beta * (p1 - p2) * x))
// Printed from the definitions by `python -m slopes.emit.cpp`.
#pragma once

template <class M>
struct AconC {
  double p1 = 1.0;
  double p2 = 0.25;
  double beta = 1.0;

  explicit AconC(const double* given) : p1(given[0]), p2(given[1]), beta(given[2]) {}

  double value(double x) const {
    const double a = M::times(beta * (M::fill(x, 1.0) * (p1 - p2)), x);
    return M::sigmoid_times(M::times(p1, x), a) + M::sigmoid_times(M::times(p2, x), -a);
  }

  double derivative(double x) const {
    const double a = M::times(beta * (M::fill(x, 1.0) * (p1 - p2)), x);
    return M::sigmoid_times(M::times(p1, 1.0 + M::sigmoid_times(a, -a)), a) + M::sigmoid_times(M::times(p2, 1.0 - M::sigmoid_times(a, a)), -a);
  }

  double second_derivative(double x) const {
    const double a = M::fill(x, 1.0) * (p1 - p2);
    const double b = beta * a;
    const double c = M::times(b, x);
    return M::sigmoid_times(M::sigmoid_times(b * a * (2.0 - c * M::tanh(0.5 * c)), c), -c);
  }

  void value_and_derivative(double x, double& value, double& derivative) const {
    const double a = M::times(beta * (M::fill(x, 1.0) * (p1 - p2)), x);
    value = M::sigmoid_times(M::times(p1, x), a) + M::sigmoid_times(M::times(p2, x), -a);
    derivative = M::sigmoid_times(M::times(p1, 1.0 + M::sigmoid_times(a, -a)), a) + M::sigmoid_times(M::times(p2, 1.0 - M::sigmoid_times(a, a)), -a);
  }
};
