// softsign: x / (1 + abs(x))
// Printed from the definitions by `python -m slopes.emit.cpp`.
#pragma once

template <class M>
struct Softsign {
  explicit Softsign(const double*) {}

  double value(double x) const {
    const double a = M::abs(x);
    return M::where(M::less(a, 1.0), x / (1.0 + a), M::sign(x) / (1.0 + 1.0 / M::maximum(a, 1.0)));
  }

  double derivative(double x) const {
    const double a = 1.0 / (1.0 + M::abs(x));
    return a * a;
  }

  double second_derivative(double x) const {
    const double a = 1.0 / (1.0 + M::abs(x));
    return -2.0 * M::sign(x) * a * a * a;
  }

  void value_and_derivative(double x, double& value, double& derivative) const {
    const double a = M::abs(x);
    const double b = 1.0 + a;
    const double c = 1.0 / b;
    value = M::where(M::less(a, 1.0), x / b, M::sign(x) / (1.0 + 1.0 / M::maximum(a, 1.0)));
    derivative = c * c;
  }
};
