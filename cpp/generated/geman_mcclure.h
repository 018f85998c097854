// geman_mcclure: r**2 / 2 / (1 + (r / scale)**2)
// Printed from the definitions by `python -m slopes.emit.cpp`.
#pragma once

template <class M>
struct GemanMcClure {
  double scale = 1.0;

  explicit GemanMcClure(const double* given) : scale(given[0]) {}

  double value(double r) const {
    const double a = M::abs(r);
    const double b = M::minimum(a, scale) / M::maximum(a, scale);
    const double c = b * b;
    return 0.5 * scale * scale * (M::where(M::less(a, scale), c, 1.0) / (1.0 + c));
  }

  double derivative(double r) const {
    const double a = M::abs(r);
    const double b = M::minimum(a, scale) / M::maximum(a, scale);
    const double c = b * b;
    const double d = 1.0 + c;
    const double f = b / (d * d);
    return scale * M::sign(r) * M::where(M::less(a, scale), f, c * f);
  }

  double second_derivative(double r) const {
    const double a = M::abs(r);
    const double b = M::minimum(a, scale) / M::maximum(a, scale);
    const double c = b * b;
    const double d = 1.0 + c;
    const double f = d * d * d;
    return M::where(M::less(a, scale), (1.0 - 3.0 * c) / f, c * c * ((c - 3.0) / f));
  }

  void value_and_derivative(double r, double& value, double& derivative) const {
    const double a = M::abs(r);
    const bool b = M::less(a, scale);
    const double c = M::minimum(a, scale) / M::maximum(a, scale);
    const double d = c * c;
    const double f = 1.0 + d;
    const double g = c / (f * f);
    value = 0.5 * scale * scale * (M::where(b, d, 1.0) / f);
    derivative = scale * M::sign(r) * M::where(b, g, d * g);
  }
};
