// selu: 1.0507009873554805 * (x if x > 0 else 1.6732632423543772 * (exp(x) - 1))
// Printed from the definitions by `python -m slopes.emit.cpp`.
#pragma once

template <class M>
struct SELU {
  explicit SELU(const double*) {}

  double value(double x) const {
    const double a = M::where(M::less(0.0, x), x, 1.6732632423543772 * M::expm1(M::minimum(x, 0.0)));
    return 1.0507009873554805 * a;
  }

  double derivative(double x) const {
    const double a = M::where(M::less(0.0, x), 1.0, 1.6732632423543772 * M::exp(M::minimum(x, 0.0)));
    return 1.0507009873554805 * a;
  }

  double second_derivative(double x) const {
    const double a = M::where(M::less(0.0, x), 0.0, 1.6732632423543772 * M::exp(M::minimum(x, 0.0)));
    return 1.0507009873554805 * a;
  }

  void value_and_derivative(double x, double& value, double& derivative) const {
    const bool a = M::less(0.0, x);
    const double b = M::minimum(x, 0.0);
    value = 1.0507009873554805 * M::where(a, x, 1.6732632423543772 * M::expm1(b));
    derivative = 1.0507009873554805 * M::where(a, 1.0, 1.6732632423543772 * M::exp(b));
  }
};
