// elu: x if x > 0 else alpha * (exp(x) - 1)
// Printed from the definitions by `python -m slopes.emit.cpp`.
#pragma once

template <class M>
struct ELU {
  double alpha = 1.0;

  explicit ELU(const double* given) : alpha(given[0]) {}

  double value(double x) const {
    return M::where(M::less(0.0, x), x, alpha * M::expm1(M::minimum(x, 0.0)));
  }

  double derivative(double x) const {
    return M::where(M::less(0.0, x), 1.0, alpha * M::exp(M::minimum(x, 0.0)));
  }

  double second_derivative(double x) const {
    return M::where(M::less(0.0, x), 0.0, alpha * M::exp(M::minimum(x, 0.0)));
  }

  void value_and_derivative(double x, double& value, double& derivative) const {
    const bool a = M::less(0.0, x);
    const double b = M::minimum(x, 0.0);
    value = M::where(a, x, alpha * M::expm1(b));
    derivative = M::where(a, 1.0, alpha * M::exp(b));
  }
};
