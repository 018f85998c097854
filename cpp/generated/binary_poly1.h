// binary_poly1: t * (log(1 + exp(-z)) + epsilon / (1 + exp(z))) + (1 - t) * (log(1 + exp(z)) + epsilon / (1 + exp(-z)))
// Printed from the definitions by `python -m slopes.emit.cpp`.
#pragma once

template <class M>
struct BinaryPoly1 {
  double epsilon = 1.0;

  explicit BinaryPoly1(const double* given) : epsilon(given[0]) {}

  double value(double z, double t) const {
    const double a = 1.0 - t;
    const double b = M::where(M::less(z, 0.0), M::times(t, -z), M::times(a, z)) + M::log1p_exp(z);
    return b + epsilon * (t * M::sigmoid(-z) + a * M::sigmoid(z));
  }

  double gradient(double z, double t) const {
    const double a = M::abs(z);
    const double b = M::sigmoid(-a);
    const double c = 1.0 - t;
    return M::where(M::less(z, 0.0), b - t, c - b) + epsilon * (c - t) * (M::sigmoid(a) * b);
  }

  double hessian(double z, double t) const {
    const double a = M::sigmoid(-z);
    const double b = M::sigmoid(z);
    return a * b * (1.0 - epsilon + 2.0 * epsilon * (t * b + (1.0 - t) * a));
  }

  void value_and_gradient(double z, double t, double& value, double& gradient) const {
    const bool a = M::less(z, 0.0);
    const double b = 1.0 - t;
    const double c = M::abs(z);
    const double d = M::sigmoid(-c);
    value = M::where(a, M::times(t, -z), M::times(b, z)) + M::log1p_exp(z) + epsilon * (t * M::sigmoid(-z) + b * M::sigmoid(z));
    gradient = M::where(a, d - t, b - d) + epsilon * (b - t) * (M::sigmoid(c) * d);
  }
};
