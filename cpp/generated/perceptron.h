// perceptron: max(-z, 0)
// Printed from the definitions by `python -m slopes.emit.cpp`.
#pragma once

template <class M>
struct Perceptron {
  explicit Perceptron(const double*) {}

  double value(double z) const {
    return M::maximum(-z, 0.0);
  }

  double derivative(double z) const {
    return -M::step(-z);
  }

  double second_derivative(double z) const {
    return M::fill(z, 0.0);
  }

  void value_and_derivative(double z, double& value, double& derivative) const {
    value = M::maximum(-z, 0.0);
    derivative = -M::step(-z);
  }
};
