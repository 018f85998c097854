// hampel: r**2 / 2 if abs(r) <= a else a * (abs(r) - a / 2) if abs(r) <= b else a * (b + c - a) / 2 - (a * (c - abs(r))**2 / (2 * (c - b)) if abs(r) <= c else 0)
// Printed from the definitions by `python -m slopes.emit.cpp`.
#pragma once

template <class M>
struct Hampel {
  double a = 2.0;
  double b = 4.0;
  double c = 8.0;

  explicit Hampel(const double* given) : a(given[0]), b(given[1]), c(given[2]) {}

  double value(double r) const {
    const double d = M::abs(r);
    const double f = M::minimum(d, a);
    const double g = M::maximum(M::minimum(d, c), b) - b;
    return f * (M::minimum(d, b) - 0.5 * f) + a * g * (1.0 - 0.5 * g / (c - b));
  }

  double derivative(double r) const {
    const double d = M::abs(r);
    return M::sign(r) * M::minimum(M::minimum(d, a), a * (c - M::minimum(d, c)) / (c - b));
  }

  double second_derivative(double r) const {
    const double d = M::abs(r);
    return M::step(a - d) - a / (c - b) * (M::step(d - b) * M::step(c - d));
  }

  void value_and_derivative(double r, double& value, double& derivative) const {
    const double d = M::abs(r);
    const double f = M::minimum(d, a);
    const double g = M::minimum(d, c);
    const double h = M::maximum(g, b) - b;
    const double i = c - b;
    value = f * (M::minimum(d, b) - 0.5 * f) + a * h * (1.0 - 0.5 * h / i);
    derivative = M::sign(r) * M::minimum(f, a * (c - g) / i);
  }
};
