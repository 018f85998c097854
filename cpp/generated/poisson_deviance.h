// poisson_deviance: 2 * (t * log(t / p) - t + p if t > 0 else p)
// Printed from the definitions by `python -m slopes.emit.cpp`.
#pragma once

template <class M>
struct PoissonDeviance {
  explicit PoissonDeviance(const double*) {}

  double value(double p, double t) const {
    const bool a = M::equal(t, 0.0);
    const double b = M::where(a, M::fill(t, 1.0), t);
    const double c = p - b;
    const double d = M::log(p) - M::log(b);
    const double f = c / b;
    const double g = M::where(M::less(M::abs(f), 0.5), M::log1p(M::maximum(f, -0.5)), M::log(p / b));
    const double h = M::where(M::less(p, 0.5 * b), c - b * M::where(M::less(M::abs(d), 40.0), g, d), b * M::log1p_excess(f));
    return 2.0 * M::where(a, p, h);
  }

  double gradient(double p, double t) const {
    return 2.0 * M::where(M::less(p, 2.0 * t), (p - t) / p, 1.0 - M::times(t, 1.0 / p));
  }

  double hessian(double p, double t) const {
    const double a = 1.0 / p;
    return 2.0 * M::times(M::times(t, a), a);
  }

  void value_and_gradient(double p, double t, double& value, double& gradient) const {
    const bool a = M::equal(t, 0.0);
    const double b = M::where(a, M::fill(t, 1.0), t);
    const double c = p - b;
    const double d = M::log(p) - M::log(b);
    const double f = c / b;
    const double g = M::where(M::less(M::abs(f), 0.5), M::log1p(M::maximum(f, -0.5)), M::log(p / b));
    const double h = M::where(M::less(p, 0.5 * b), c - b * M::where(M::less(M::abs(d), 40.0), g, d), b * M::log1p_excess(f));
    value = 2.0 * M::where(a, p, h);
    gradient = 2.0 * M::where(M::less(p, 2.0 * t), (p - t) / p, 1.0 - M::times(t, 1.0 / p));
  }
};
