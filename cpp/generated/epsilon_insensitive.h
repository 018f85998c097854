// epsilon_insensitive: max(abs(r) - epsilon, 0)
// Printed from the definitions by `python -m slopes.emit.cpp`.
#pragma once

template <class M>
struct EpsilonInsensitive {
  double epsilon = 0.1;

  explicit EpsilonInsensitive(const double* given) : epsilon(given[0]) {}

  double value(double r) const {
    return M::maximum(M::abs(r) - epsilon, 0.0);
  }

  double derivative(double r) const {
    return M::sign(r) * M::step(M::abs(r) - epsilon);
  }

  double second_derivative(double r) const {
    return M::fill(r, 0.0);
  }

  void value_and_derivative(double r, double& value, double& derivative) const {
    const double a = M::abs(r) - epsilon;
    value = M::maximum(a, 0.0);
    derivative = M::sign(r) * M::step(a);
  }
};
