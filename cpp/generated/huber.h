// huber: r**2 / 2 if abs(r) <= delta else delta * (abs(r) - delta / 2)
// Printed from the definitions by `python -m slopes.emit.cpp`.
#pragma once

template <class M>
struct Huber {
  double delta = 1.0;

  explicit Huber(const double* given) : delta(given[0]) {}

  double value(double r) const {
    const double a = M::maximum(M::minimum(r, delta), -delta);
    return a * (r - 0.5 * a);
  }

  double derivative(double r) const {
    return M::maximum(M::minimum(r, delta), -delta);
  }

  double second_derivative(double r) const {
    return M::step(delta - M::abs(r));
  }

  void value_and_derivative(double r, double& value, double& derivative) const {
    const double a = M::maximum(M::minimum(r, delta), -delta);
    value = a * (r - 0.5 * a);
    derivative = a;
  }
};
