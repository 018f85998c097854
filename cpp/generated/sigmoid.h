// sigmoid: 1 / (1 + exp(-x))
// Printed from the definitions by `python -m slopes.emit.cpp`.
#pragma once

template <class M>
struct Sigmoid {
  explicit Sigmoid(const double*) {}

  double value(double x) const {
    return M::sigmoid(x);
  }

  double derivative(double x) const {
    return M::sigmoid(x) * M::sigmoid(-x);
  }

  double second_derivative(double x) const {
    return M::sigmoid(x) * M::sigmoid(-x) * -M::tanh(0.5 * x);
  }

  void value_and_derivative(double x, double& value, double& derivative) const {
    const double a = M::sigmoid(x);
    value = a;
    derivative = a * M::sigmoid(-x);
  }
};
