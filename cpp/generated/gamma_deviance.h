// gamma_deviance: 2 * (log(p / t) + t / p - 1)
// Printed from the definitions by `python -m slopes.emit.cpp`.
#pragma once

template <class M>
struct GammaDeviance {
  explicit GammaDeviance(const double*) {}

  double value(double p, double t) const {
    const double a = (t - p) / p;
    const double b = M::log(t) - M::log(p);
    const double c = M::where(M::less(M::abs(a), 0.5), M::log1p(M::maximum(a, -0.5)), M::log(t / p));
    const double d = M::where(M::less(t, 0.5 * p), a - M::where(M::less(M::abs(b), 40.0), c, b), M::log1p_excess(a));
    return 2.0 * d;
  }

  double gradient(double p, double t) const {
    return 2.0 * ((p - t) / p) / p;
  }

  double hessian(double p, double t) const {
    return 2.0 * ((t + (t - p)) / p) / p / p;
  }

  void value_and_gradient(double p, double t, double& value, double& gradient) const {
    const double a = (t - p) / p;
    const double b = M::log(t) - M::log(p);
    const double c = M::where(M::less(M::abs(a), 0.5), M::log1p(M::maximum(a, -0.5)), M::log(t / p));
    const double d = M::where(M::less(t, 0.5 * p), a - M::where(M::less(M::abs(b), 40.0), c, b), M::log1p_excess(a));
    value = 2.0 * d;
    gradient = 2.0 * ((p - t) / p) / p;
  }
};
