// expectile: (1 - level) * r**2 if r > 0 else level * r**2
// Printed from the definitions by `python -m slopes.emit.cpp`.
#pragma once

template <class M>
struct Expectile {
  double level = 0.5;

  explicit Expectile(const double* given) : level(given[0]) {}

  double value(double r) const {
    const double a = M::maximum(r, 0.0);
    const double b = M::minimum(r, 0.0);
    return (1.0 - level) * a * a + level * b * b;
  }

  double derivative(double r) const {
    return 2.0 * ((1.0 - level) * M::maximum(r, 0.0) + level * M::minimum(r, 0.0));
  }

  double second_derivative(double r) const {
    return 2.0 * ((1.0 - level) * M::step(r) + level * M::step(-r)) + (1.0 - M::abs(M::sign(r)));
  }

  void value_and_derivative(double r, double& value, double& derivative) const {
    const double a = M::maximum(r, 0.0);
    const double b = (1.0 - level) * a;
    const double c = M::minimum(r, 0.0);
    const double d = level * c;
    value = b * a + d * c;
    derivative = 2.0 * (b + d);
  }
};
