// serf: x * erf(log(1 + exp(x)))
// Printed from the definitions by `python -m slopes.emit.cpp`.
#pragma once

template <class M>
struct Serf {
  explicit Serf(const double*) {}

  double value(double x) const {
    const double a = M::maximum(x, -80.0);
    return M::sigmoid_times(x * (M::erf(M::maximum(a, 0.0) + M::log1p_exp(a)) / M::sigmoid(a)), x);
  }

  double derivative(double x) const {
    const double a = M::maximum(x, -80.0);
    const double b = M::maximum(x, 0.0) + M::log1p_exp(x);
    const double c = M::sqrt(M::fill(x, 2.0)) * (4.0 / M::root_two_over_pi()) * M::normal_times(M::normal_times(x, b), b);
    return M::sigmoid_times(M::erf(M::maximum(a, 0.0) + M::log1p_exp(a)) / M::sigmoid(a) + c, x);
  }

  double second_derivative(double x) const {
    const double a = M::maximum(x, 0.0) + M::log1p_exp(x);
    const double b = M::normal_times(M::normal_times(2.0 + x * (M::sigmoid(-x) - 2.0 * a * M::sigmoid(x)), a), a);
    return M::sigmoid_times(M::sqrt(M::fill(x, 2.0)) * (4.0 / M::root_two_over_pi()) * b, x);
  }

  void value_and_derivative(double x, double& value, double& derivative) const {
    const double a = M::maximum(x, -80.0);
    const double b = M::erf(M::maximum(a, 0.0) + M::log1p_exp(a)) / M::sigmoid(a);
    const double c = M::maximum(x, 0.0) + M::log1p_exp(x);
    const double d = M::sqrt(M::fill(x, 2.0)) * (4.0 / M::root_two_over_pi()) * M::normal_times(M::normal_times(x, c), c);
    value = M::sigmoid_times(x * b, x);
    derivative = M::sigmoid_times(b + d, x);
  }
};
