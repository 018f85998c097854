// pseudo_huber: delta**2 * (sqrt(1 + (r / delta)**2) - 1)
// Printed from the definitions by `python -m slopes.emit.cpp`.
#pragma once

template <class M>
struct PseudoHuber {
  double delta = 1.0;

  explicit PseudoHuber(const double* given) : delta(given[0]) {}

  double value(double r) const {
    const double a = M::abs(r);
    const double b = M::minimum(a / delta, 1e+17);
    return delta * a * (b / (M::sqrt(1.0 + b * b) + 1.0));
  }

  double derivative(double r) const {
    const double a = M::maximum(M::minimum(r / delta, 1e+17), -1e+17);
    return delta * (a / M::sqrt(1.0 + a * a));
  }

  double second_derivative(double r) const {
    const double a = r / delta;
    const double b = M::sqrt(1.0 + a * a);
    return 1.0 / b / b / b;
  }

  void value_and_derivative(double r, double& value, double& derivative) const {
    const double a = M::abs(r);
    const double b = M::minimum(a / delta, 1e+17);
    const double c = M::maximum(M::minimum(r / delta, 1e+17), -1e+17);
    value = delta * a * (b / (M::sqrt(1.0 + b * b) + 1.0));
    derivative = delta * (c / M::sqrt(1.0 + c * c));
  }
};
