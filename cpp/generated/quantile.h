// quantile: (1 - level) * r if r > 0 else -level * r
// Printed from the definitions by `python -m slopes.emit.cpp`.
#pragma once

template <class M>
struct Quantile {
  double level = 0.5;

  explicit Quantile(const double* given) : level(given[0]) {}

  double value(double r) const {
    return M::maximum((1.0 - level) * r, -level * r);
  }

  double derivative(double r) const {
    return (1.0 - level) * M::step(r) - level * M::step(-r);
  }

  double second_derivative(double r) const {
    return M::fill(r, 0.0);
  }

  void value_and_derivative(double r, double& value, double& derivative) const {
    const double a = 1.0 - level;
    value = M::maximum(a * r, -level * r);
    derivative = a * M::step(r) - level * M::step(-r);
  }
};
