// cauchy: scale**2 / 2 * log(1 + (r / scale)**2)
// Printed from the definitions by `python -m slopes.emit.cpp`.
#pragma once

template <class M>
struct Cauchy {
  double scale = 1.0;

  explicit Cauchy(const double* given) : scale(given[0]) {}

  double value(double r) const {
    const double a = M::abs(r);
    const double b = M::minimum(a, scale) / M::maximum(a, scale);
    const double c = M::log1p(b * b) - 2.0 * M::log(M::where(M::less(a, scale), M::fill(r, 1.0), b));
    return 0.5 * scale * scale * c;
  }

  double derivative(double r) const {
    const double a = M::abs(r);
    const double b = M::minimum(a, scale) / M::maximum(a, scale);
    return scale * M::sign(r) * (b / (1.0 + b * b));
  }

  double second_derivative(double r) const {
    const double a = M::abs(r);
    const double b = M::minimum(a, scale) / M::maximum(a, scale);
    const double c = b * b;
    const double d = 1.0 + c;
    const double f = (1.0 - b) * (1.0 + b) / (d * d);
    return M::where(M::less(a, scale), f, -c * f);
  }

  void value_and_derivative(double r, double& value, double& derivative) const {
    const double a = M::abs(r);
    const double b = M::minimum(a, scale) / M::maximum(a, scale);
    const double c = b * b;
    const double d = M::log1p(c) - 2.0 * M::log(M::where(M::less(a, scale), M::fill(r, 1.0), b));
    value = 0.5 * scale * scale * d;
    derivative = scale * M::sign(r) * (b / (1.0 + c));
  }
};
