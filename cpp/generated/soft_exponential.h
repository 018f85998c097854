// soft_exponential: x if alpha == 0 else (exp(alpha * x) - 1) / alpha + alpha if alpha > 0 else -log(1 - alpha * (x + alpha)) / alpha
// Printed from the definitions by `python -m slopes.emit.cpp`.
#pragma once

template <class M>
struct SoftExponential {
  double alpha = 0.0;

  explicit SoftExponential(const double* given) : alpha(given[0]) {}

  double value(double x) const {
    const double a = M::fill(x, 1.0) * alpha;
    const bool b = M::equal(a, 0.0);
    const double c = M::times(M::maximum(a, 0.0), x);
    const double d = M::where(M::less(c, -0.7), M::exp(c) - (1.0 - a) * (1.0 + a), M::expm1(c) + a * a);
    const double f = M::minimum(a, 0.0);
    const bool g = M::less(-M::times(f, x + f), -0.5);
    const double h = M::where(g, (1.0 - f) * (1.0 + f) - M::times(f, x), 1.0 + -M::times(f, x + f));
    const double i = M::where(M::less(0.0, a), d, -M::where(g, M::log(h), M::log1p(M::maximum(-M::times(f, x + f), -0.5))));
    return M::where(b, x, i / M::where(b, 1.0, a));
  }

  double derivative(double x) const {
    const double a = M::fill(x, 1.0) * alpha;
    const double b = M::minimum(a, 0.0);
    const double c = M::where(M::less(-M::times(b, x + b), -0.5), (1.0 - b) * (1.0 + b) - M::times(b, x), 1.0 + -M::times(b, x + b));
    return M::exp(M::times(M::maximum(a, 0.0), x)) / M::where(M::less(c, 0.0), M::sqrt(c), c);
  }

  double second_derivative(double x) const {
    const double a = M::fill(x, 1.0) * alpha;
    const double b = M::minimum(a, 0.0);
    const double c = M::where(M::less(-M::times(b, x + b), -0.5), (1.0 - b) * (1.0 + b) - M::times(b, x), 1.0 + -M::times(b, x + b));
    const double d = a * M::exp(M::times(M::maximum(a, 0.0), x)) / M::where(M::less(c, 0.0), M::sqrt(c), c);
    return d / c;
  }

  void value_and_derivative(double x, double& value, double& derivative) const {
    const double a = M::fill(x, 1.0) * alpha;
    const bool b = M::equal(a, 0.0);
    const double c = M::times(M::maximum(a, 0.0), x);
    const double d = M::exp(c);
    const double f = M::where(M::less(c, -0.7), d - (1.0 - a) * (1.0 + a), M::expm1(c) + a * a);
    const double g = M::minimum(a, 0.0);
    const bool h = M::less(-M::times(g, x + g), -0.5);
    const double i = M::where(h, (1.0 - g) * (1.0 + g) - M::times(g, x), 1.0 + -M::times(g, x + g));
    const double j = M::where(M::less(0.0, a), f, -M::where(h, M::log(i), M::log1p(M::maximum(-M::times(g, x + g), -0.5))));
    value = M::where(b, x, j / M::where(b, 1.0, a));
    derivative = d / M::where(M::less(i, 0.0), M::sqrt(i), i);
  }
};
