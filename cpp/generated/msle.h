// msle: (log(1 + p) - log(1 + t))**2
// Printed from the definitions by `python -m slopes.emit.cpp`.
#pragma once

template <class M>
struct MSLE {
  explicit MSLE(const double*) {}

  double value(double p, double t) const {
    const double a = 1.0 + p;
    const double b = 1.0 + t;
    const double c = M::log(a) - M::log(b);
    const double d = (p - t) / b;
    const double f = M::where(M::less(M::abs(d), 0.5), M::log1p(M::maximum(d, -0.5)), M::log(a / b));
    const double g = M::where(M::less(M::abs(c), 40.0), f, c);
    return g * g;
  }

  double gradient(double p, double t) const {
    const double a = 1.0 + p;
    const double b = 1.0 + t;
    const double c = M::log(a) - M::log(b);
    const double d = (p - t) / b;
    const double f = M::where(M::less(M::abs(d), 0.5), M::log1p(M::maximum(d, -0.5)), M::log(a / b));
    return 2.0 * M::where(M::less(M::abs(c), 40.0), f, c) / a;
  }

  double hessian(double p, double t) const {
    const double a = 1.0 + p;
    const double b = 1.0 + t;
    const double c = M::log(a) - M::log(b);
    const double d = (p - t) / b;
    const double f = M::where(M::less(M::abs(d), 0.5), M::log1p(M::maximum(d, -0.5)), M::log(a / b));
    return 2.0 * (1.0 - M::where(M::less(M::abs(c), 40.0), f, c)) / a / a;
  }

  void value_and_gradient(double p, double t, double& value, double& gradient) const {
    const double a = 1.0 + p;
    const double b = 1.0 + t;
    const double c = M::log(a) - M::log(b);
    const double d = (p - t) / b;
    const double f = M::where(M::less(M::abs(d), 0.5), M::log1p(M::maximum(d, -0.5)), M::log(a / b));
    const double g = M::where(M::less(M::abs(c), 40.0), f, c);
    value = g * g;
    gradient = 2.0 * g / a;
  }
};
