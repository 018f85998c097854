// sparse_plus: 0 if x < -1 else x if x > 1 else (x + 1)**2 / 4
// Printed from the definitions by `python -m slopes.emit.cpp`.
#pragma once

template <class M>
struct SparsePlus {
  explicit SparsePlus(const double*) {}

  double value(double x) const {
    const double a = M::minimum(M::maximum(x, -1.0), 1.0) + 1.0;
    return M::where(M::less(1.0, x), x, 0.25 * a * a);
  }

  double derivative(double x) const {
    return 0.5 * (M::minimum(M::maximum(x, -1.0), 1.0) + 1.0);
  }

  double second_derivative(double x) const {
    return 0.5 * M::step(x + 1.0) * M::step(1.0 - x);
  }

  void value_and_derivative(double x, double& value, double& derivative) const {
    const double a = M::minimum(M::maximum(x, -1.0), 1.0) + 1.0;
    value = M::where(M::less(1.0, x), x, 0.25 * a * a);
    derivative = 0.5 * a;
  }
};
