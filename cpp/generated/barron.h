// barron: (2 - alpha) * (((r / scale)**2 / (2 - alpha) + 1)**(alpha / 2) - 1) / alpha if alpha != 0 else log((r / scale)**2 / 2 + 1)
// Printed from the definitions by `python -m slopes.emit.cpp`.
#pragma once

template <class M>
struct Barron {
  double alpha = 1.0;
  double scale = 1.0;

  explicit Barron(const double* given) : alpha(given[0]), scale(given[1]) {}

  double value(double r) const {
    const double a = 2.0 - alpha;
    const double b = M::fill(r, alpha);
    const bool c = M::equal(b, 0.0);
    const double d = M::abs(r);
    const double f = scale * M::sqrt(M::fill(r, a));
    const double g = M::minimum(d, f) / M::maximum(d, f);
    const double h = g * g;
    const bool i = M::less(d, f);
    const double j = M::log1p(h) - 2.0 * M::log(M::where(i, M::fill(r, 1.0), g));
    const double k = 0.5 * alpha;
    const double l = k * j;
    const double m = M::where(M::less(1.0, l), M::power(1.0 + h, k) * M::where(i, 1.0, M::power(g, -alpha)) - 1.0, M::expm1(M::minimum(l, 1.0)));
    return a * M::where(c, 0.5 * j, m / M::where(c, 1.0, b));
  }

  double derivative(double r) const {
    const double a = M::sqrt(M::fill(r, 2.0 - alpha));
    const double b = M::abs(r);
    const double c = scale * a;
    const double d = M::minimum(b, c) / M::maximum(b, c);
    const double f = M::sign(r) * (a * M::where(M::less(b, c), d, M::power(d, 1.0 - alpha))) * M::power(1.0 + d * d, 0.5 * alpha - 1.0);
    return f / scale;
  }

  double second_derivative(double r) const {
    const double a = M::abs(r);
    const double b = scale * M::sqrt(M::fill(r, 2.0 - alpha));
    const double c = alpha - 1.0;
    const double d = M::minimum(a, b) / M::maximum(a, b);
    const double f = d * d;
    const double g = 0.5 * alpha - 1.0;
    const double h = M::where(M::less(a, b), 1.0 + c * f, M::power(d, -2.0 * g) * (f + c)) * M::power(1.0 + f, g - 1.0);
    return h / scale / scale;
  }

  void value_and_derivative(double r, double& value, double& derivative) const {
    const double a = 2.0 - alpha;
    const double b = M::fill(r, alpha);
    const bool c = M::equal(b, 0.0);
    const double d = M::abs(r);
    const double f = M::sqrt(M::fill(r, a));
    const double g = scale * f;
    const double h = M::minimum(d, g) / M::maximum(d, g);
    const double i = h * h;
    const bool j = M::less(d, g);
    const double k = M::log1p(i) - 2.0 * M::log(M::where(j, M::fill(r, 1.0), h));
    const double l = 0.5 * alpha;
    const double m = l * k;
    const double n = 1.0 + i;
    const double o = M::where(M::less(1.0, m), M::power(n, l) * M::where(j, 1.0, M::power(h, -alpha)) - 1.0, M::expm1(M::minimum(m, 1.0)));
    const double p = M::sign(r) * (f * M::where(j, h, M::power(h, 1.0 - alpha))) * M::power(n, l - 1.0);
    value = a * M::where(c, 0.5 * k, o / M::where(c, 1.0, b));
    derivative = p / scale;
  }
};
