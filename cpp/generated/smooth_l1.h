// smooth_l1: r**2 / (2 * beta) if abs(r) < beta else abs(r) - beta / 2
// Printed from the definitions by `python -m slopes.emit.cpp`.
#pragma once

template <class M>
struct SmoothL1 {
  double beta = 1.0;

  explicit SmoothL1(const double* given) : beta(given[0]) {}

  double value(double r) const {
    const double a = M::abs(r);
    const double b = M::minimum(a, beta);
    return b / beta * (a - 0.5 * b);
  }

  double derivative(double r) const {
    return M::maximum(M::minimum(r / beta, 1.0), -1.0);
  }

  double second_derivative(double r) const {
    return M::step(beta - M::abs(r)) / beta;
  }

  void value_and_derivative(double r, double& value, double& derivative) const {
    const double a = M::abs(r);
    const double b = M::minimum(a, beta);
    value = b / beta * (a - 0.5 * b);
    derivative = M::maximum(M::minimum(r / beta, 1.0), -1.0);
  }
};
