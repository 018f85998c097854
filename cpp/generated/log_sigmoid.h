// log_sigmoid: -log(1 + exp(-x))
// Printed from the definitions by `python -m slopes.emit.cpp`.
#pragma once

template <class M>
struct LogSigmoid {
  explicit LogSigmoid(const double*) {}

  double value(double x) const {
    return M::minimum(x, 0.0) - M::log1p_exp(x);
  }

  double derivative(double x) const {
    return M::sigmoid(-x);
  }

  double second_derivative(double x) const {
    return -(M::sigmoid(x) * M::sigmoid(-x));
  }

  void value_and_derivative(double x, double& value, double& derivative) const {
    value = M::minimum(x, 0.0) - M::log1p_exp(x);
    derivative = M::sigmoid(-x);
  }
};
