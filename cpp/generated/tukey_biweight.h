// tukey_biweight: (1 - max(1 - (r / scale)**2, 0)**3) * scale * scale / 6
// Printed from the definitions by `python -m slopes.emit.cpp`.
#pragma once

template <class M>
struct TukeyBiweight {
  double scale = 4.685;

  explicit TukeyBiweight(const double* given) : scale(given[0]) {}

  double value(double r) const {
    const double a = M::minimum(M::abs(r), scale);
    const double b = a / scale;
    const double c = b * b;
    const double d = (scale - a) * (scale + a) / scale / scale;
    return M::where(M::less(c, 0.5), a * a * ((3.0 - c * (3.0 - c)) / 6.0), (1.0 - d * d * d) * scale * scale / 6.0);
  }

  double derivative(double r) const {
    const double a = M::minimum(M::abs(r), scale);
    const double b = (scale - a) * (scale + a) / scale / scale;
    return M::times(b * b, r);
  }

  double second_derivative(double r) const {
    const double a = M::minimum(M::abs(r), scale);
    const double b = a / scale;
    return (scale - a) * (scale + a) / scale / scale * (1.0 - 5.0 * (b * b));
  }

  void value_and_derivative(double r, double& value, double& derivative) const {
    const double a = M::minimum(M::abs(r), scale);
    const double b = a / scale;
    const double c = b * b;
    const double d = (scale - a) * (scale + a) / scale / scale;
    const double f = d * d;
    value = M::where(M::less(c, 0.5), a * a * ((3.0 - c * (3.0 - c)) / 6.0), (1.0 - f * d) * scale * scale / 6.0);
    derivative = M::times(f, r);
  }
};
