// fair: scale**2 * (abs(r) / scale - log(1 + abs(r) / scale))
// Printed from the definitions by `python -m slopes.emit.cpp`.
#pragma once

template <class M>
struct Fair {
  double scale = 1.0;

  explicit Fair(const double* given) : scale(given[0]) {}

  double value(double r) const {
    const double a = M::abs(r);
    const double b = M::minimum(a, scale) / M::maximum(a, scale);
    const double c = M::where(M::less(b, 1e-09), 0.5 * a * a * (1.0 - b / 1.5), scale * scale * M::log1p_excess(b));
    return M::where(M::less(a, scale), c, scale * (a - scale * (M::log1p(b) - M::maximum(M::log(b), -1000.0))));
  }

  double derivative(double r) const {
    const double a = M::abs(r);
    const double b = M::minimum(a, scale) / M::maximum(a, scale);
    return scale * M::sign(r) * (M::where(M::less(a, scale), b, 1.0) / (1.0 + b));
  }

  double second_derivative(double r) const {
    const double a = M::abs(r);
    const double b = M::minimum(a, scale) / M::maximum(a, scale);
    const double c = M::where(M::less(a, scale), 1.0, b) / (1.0 + b);
    return c * c;
  }

  void value_and_derivative(double r, double& value, double& derivative) const {
    const double a = M::abs(r);
    const bool b = M::less(a, scale);
    const double c = M::minimum(a, scale) / M::maximum(a, scale);
    const double d = M::where(M::less(c, 1e-09), 0.5 * a * a * (1.0 - c / 1.5), scale * scale * M::log1p_excess(c));
    value = M::where(b, d, scale * (a - scale * (M::log1p(c) - M::maximum(M::log(c), -1000.0))));
    derivative = scale * M::sign(r) * (M::where(b, c, 1.0) / (1.0 + c));
  }
};
