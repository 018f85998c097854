// celu: max(x, 0) + min(0, alpha * (exp(x / alpha) - 1))
// Printed from the definitions by `python -m slopes.emit.cpp`.
#pragma once

template <class M>
struct CELU {
  double alpha = 1.0;

  explicit CELU(const double* given) : alpha(given[0]) {}

  double value(double x) const {
    return M::where(M::less(0.0, x), x, alpha * M::expm1(M::minimum(x, 0.0) / alpha));
  }

  double derivative(double x) const {
    return M::exp(M::minimum(x, 0.0) / alpha);
  }

  double second_derivative(double x) const {
    return M::where(M::less(0.0, x), 0.0, M::exp(M::minimum(x, 0.0) / alpha) / alpha);
  }

  void value_and_derivative(double x, double& value, double& derivative) const {
    const double a = M::minimum(x, 0.0) / alpha;
    value = M::where(M::less(0.0, x), x, alpha * M::expm1(a));
    derivative = M::exp(a);
  }
};
