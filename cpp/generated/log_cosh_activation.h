// log_cosh_activation: log((exp(x) + exp(-x)) / 2)
// Printed from the definitions by `python -m slopes.emit.cpp`.
#pragma once

template <class M>
struct LogCoshActivation {
  explicit LogCoshActivation(const double*) {}

  double value(double x) const {
    const double a = M::abs(x);
    const double b = M::tanh(x);
    return M::where(M::less(a, 1.0), -0.5 * M::log1p(-b * b), a + (M::log1p(M::exp(-2.0 * a)) - M::log(M::fill(a, 2.0))));
  }

  double derivative(double x) const {
    return M::tanh(x);
  }

  double second_derivative(double x) const {
    return M::sigmoid_times(M::sigmoid_times(4.0, 2.0 * x), -2.0 * x);
  }

  void value_and_derivative(double x, double& value, double& derivative) const {
    const double a = M::abs(x);
    const double b = M::tanh(x);
    value = M::where(M::less(a, 1.0), -0.5 * M::log1p(-b * b), a + (M::log1p(M::exp(-2.0 * a)) - M::log(M::fill(a, 2.0))));
    derivative = b;
  }
};
