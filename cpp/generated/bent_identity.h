// bent_identity: (sqrt(x**2 + 1) - 1) / 2 + x
// Printed from the definitions by `python -m slopes.emit.cpp`.
#pragma once

template <class M>
struct BentIdentity {
  explicit BentIdentity(const double*) {}

  double value(double x) const {
    const double a = M::maximum(M::minimum(x, 1e+17), -1e+17);
    const double b = M::sqrt(a * a + 1.0);
    return M::where(M::less(x, -1.0), 0.5 * (x + (1.0 / (b - a) - 1.0)), x * (1.0 + 0.5 * a / (b + 1.0)));
  }

  double derivative(double x) const {
    const double a = M::maximum(M::minimum(x, 1e+17), -1e+17);
    return 1.0 + 0.5 * a / M::sqrt(a * a + 1.0);
  }

  double second_derivative(double x) const {
    const double a = M::sqrt(x * x + 1.0);
    return 0.5 / a / a / a;
  }

  void value_and_derivative(double x, double& value, double& derivative) const {
    const double a = M::maximum(M::minimum(x, 1e+17), -1e+17);
    const double b = M::sqrt(a * a + 1.0);
    const double c = 0.5 * a;
    value = M::where(M::less(x, -1.0), 0.5 * (x + (1.0 / (b - a) - 1.0)), x * (1.0 + c / (b + 1.0)));
    derivative = 1.0 + c / b;
  }
};
