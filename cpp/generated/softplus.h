// softplus: log(1 + exp(beta * x)) / beta
// Printed from the definitions by `python -m slopes.emit.cpp`.
#pragma once

template <class M>
struct Softplus {
  double beta = 1.0;

  explicit Softplus(const double* given) : beta(given[0]) {}

  double value(double x) const {
    return M::maximum(x, 0.0) + M::log1p_exp(beta * x) / beta;
  }

  double derivative(double x) const {
    return M::sigmoid(beta * x);
  }

  double second_derivative(double x) const {
    const double a = beta * x;
    return M::sigmoid_times(M::sigmoid_times(beta, a), -a);
  }

  void value_and_derivative(double x, double& value, double& derivative) const {
    const double a = beta * x;
    value = M::maximum(x, 0.0) + M::log1p_exp(a) / beta;
    derivative = M::sigmoid(a);
  }
};
