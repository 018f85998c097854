// quantile: (1 - level) * r if r > 0 else -level * r
// Printed from the definitions by `python -m slopes.emit.cpp`.
#pragma once

template <class M>
struct Quantile {
  double level = 0.5;

  explicit Quantile(const double* given) : level(given[0]) {}

  double value(double r) const {
    const double a = M::where(M::less(0.0, r), 1.0 - level, M::where(M::less(r, 0.0), -level, r));
    return a * r;
  }

  double derivative(double r) const {
    return M::where(M::less(0.0, r), 1.0 - level, M::where(M::less(r, 0.0), -level, r));
  }

  double second_derivative(double r) const {
    return M::fill(r, 0.0);
  }

  void value_and_derivative(double r, double& value, double& derivative) const {
    const double a = M::where(M::less(0.0, r), 1.0 - level, M::where(M::less(r, 0.0), -level, r));
    value = a * r;
    derivative = a;
  }
};
