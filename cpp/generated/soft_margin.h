// soft_margin: log(1 + exp(-z))
// Printed from the definitions by `python -m slopes.emit.cpp`.
#pragma once

template <class M>
struct SoftMargin {
  explicit SoftMargin(const double*) {}

  double value(double z) const {
    return M::maximum(-z, 0.0) + M::log1p_exp(z);
  }

  double derivative(double z) const {
    return -M::sigmoid(-z);
  }

  double second_derivative(double z) const {
    return M::sigmoid_times(M::sigmoid(z), -z);
  }

  void value_and_derivative(double z, double& value, double& derivative) const {
    value = M::maximum(-z, 0.0) + M::log1p_exp(z);
    derivative = -M::sigmoid(-z);
  }
};
