// log_cosh: log((exp(r) + exp(-r)) / 2)
// Printed from the definitions by `python -m slopes.emit.cpp`.
#pragma once

template <class M>
struct LogCosh {
  explicit LogCosh(const double*) {}

  double value(double r) const {
    const double a = M::abs(r);
    const double b = M::tanh(r);
    return M::where(M::less(a, 1.0), -0.5 * M::log1p(-b * b), a + (M::log1p(M::exp(-2.0 * a)) - M::log(M::fill(a, 2.0))));
  }

  double derivative(double r) const {
    return M::tanh(r);
  }

  double second_derivative(double r) const {
    return M::sigmoid_times(M::sigmoid_times(4.0, 2.0 * r), -2.0 * r);
  }

  void value_and_derivative(double r, double& value, double& derivative) const {
    const double a = M::abs(r);
    const double b = M::tanh(r);
    value = M::where(M::less(a, 1.0), -0.5 * M::log1p(-b * b), a + (M::log1p(M::exp(-2.0 * a)) - M::log(M::fill(a, 2.0))));
    derivative = b;
  }
};
