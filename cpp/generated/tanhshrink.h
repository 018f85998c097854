// tanhshrink: x - tanh(x)
// Printed from the definitions by `python -m slopes.emit.cpp`.
#pragma once

template <class M>
struct Tanhshrink {
  explicit Tanhshrink(const double*) {}

  double value(double x) const {
    return M::tanh_remainder(x);
  }

  double derivative(double x) const {
    const double a = M::tanh(x);
    return a * a;
  }

  double second_derivative(double x) const {
    return 8.0 * M::tanh(x) * M::sigmoid(2.0 * x) * M::sigmoid(-2.0 * x);
  }

  void value_and_derivative(double x, double& value, double& derivative) const {
    const double a = M::tanh(x);
    value = M::tanh_remainder(x);
    derivative = a * a;
  }
};
