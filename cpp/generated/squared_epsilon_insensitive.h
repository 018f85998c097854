// squared_epsilon_insensitive: max(abs(r) - epsilon, 0)**2
// Printed from the definitions by `python -m slopes.emit.cpp`.
#pragma once

template <class M>
struct SquaredEpsilonInsensitive {
  double epsilon = 0.1;

  explicit SquaredEpsilonInsensitive(const double* given) : epsilon(given[0]) {}

  double value(double r) const {
    const double a = M::maximum(M::abs(r) - epsilon, 0.0);
    return a * a;
  }

  double derivative(double r) const {
    return 2.0 * M::sign(r) * M::maximum(M::abs(r) - epsilon, 0.0);
  }

  double second_derivative(double r) const {
    return 2.0 * M::step(M::abs(r) - epsilon);
  }

  void value_and_derivative(double r, double& value, double& derivative) const {
    const double a = M::maximum(M::abs(r) - epsilon, 0.0);
    value = a * a;
    derivative = 2.0 * M::sign(r) * a;
  }
};
