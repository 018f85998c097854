// lp: abs(r)**power
// Printed from the definitions by `python -m slopes.emit.cpp`.
#pragma once

template <class M>
struct Lp {
  double power = 1.5;

  explicit Lp(const double* given) : power(given[0]) {}

  double value(double r) const {
    return M::power(M::abs(r), power);
  }

  double derivative(double r) const {
    return power * M::sign(r) * M::power(M::abs(r), power - 1.0);
  }

  double second_derivative(double r) const {
    return M::times(M::fill(r, power * (power - 1.0)), M::power(M::abs(r), power - 2.0));
  }

  void value_and_derivative(double r, double& value, double& derivative) const {
    const double a = M::abs(r);
    value = M::power(a, power);
    derivative = power * M::sign(r) * M::power(a, power - 1.0);
  }
};
