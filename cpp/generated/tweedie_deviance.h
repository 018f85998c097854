// tweedie_deviance: 2 * (t**(2 - power) / (1 - power) / (2 - power) - t * p**(1 - power) / (1 - power) + p**(2 - power) / (2 - power))
// Printed from the definitions by `python -m slopes.emit.cpp`.
#pragma once

template <class M>
struct TweedieDeviance {
  double power = 1.5;

  explicit TweedieDeviance(const double* given) : power(given[0]) {}

  double value(double p, double t) const {
    const bool a = M::equal(t, 0.0);
    const double b = 2.0 - power;
    const double c = M::power(p, b) / b;
    const double d = M::where(a, M::fill(t, 1.0), t);
    const double f = M::log(p) - M::log(d);
    const double g = (p - d) / d;
    const double h = M::where(M::less(M::abs(g), 0.5), M::log1p(M::maximum(g, -0.5)), M::log(p / d));
    const double i = M::where(M::less(M::abs(f), 40.0), h, f);
    const double j = M::power(d, b);
    const double k = M::maximum(M::minimum(i, 3.0), -3.0);
    const double l = 1.0 - power;
    const double m = M::where(M::less(M::abs(i), 3.0), j * (M::expm1_excess(b * k) / b - M::expm1_excess(l * k) / l), c - d * (M::power(p, l) / l) + j / l / b);
    return 2.0 * M::where(a, c, m);
  }

  double gradient(double p, double t) const {
    const bool a = M::equal(t, 0.0);
    const double b = M::fill(p, 1.0);
    return 2.0 * M::where(a, b, (p - t) / M::where(a, b, p)) * M::power(p, 1.0 - power);
  }

  double hessian(double p, double t) const {
    return 2.0 * (1.0 - power + power * M::times(t, 1.0 / p)) * M::power(p, -power);
  }

  void value_and_gradient(double p, double t, double& value, double& gradient) const {
    const bool a = M::equal(t, 0.0);
    const double b = 2.0 - power;
    const double c = M::power(p, b) / b;
    const double d = M::where(a, M::fill(t, 1.0), t);
    const double f = M::log(p) - M::log(d);
    const double g = (p - d) / d;
    const double h = M::where(M::less(M::abs(g), 0.5), M::log1p(M::maximum(g, -0.5)), M::log(p / d));
    const double i = M::where(M::less(M::abs(f), 40.0), h, f);
    const double j = M::power(d, b);
    const double k = M::maximum(M::minimum(i, 3.0), -3.0);
    const double l = 1.0 - power;
    const double m = M::power(p, l);
    const double n = M::where(M::less(M::abs(i), 3.0), j * (M::expm1_excess(b * k) / b - M::expm1_excess(l * k) / l), c - d * (m / l) + j / l / b);
    const double o = M::fill(p, 1.0);
    value = 2.0 * M::where(a, c, n);
    gradient = 2.0 * M::where(a, o, (p - t) / M::where(a, o, p)) * m;
  }
};
