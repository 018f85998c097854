// student_t_nll: (df + 1) / 2 * log(1 + (r / scale)**2 / df)
// Printed from the definitions by `python -m slopes.emit.cpp`.
#pragma once

template <class M>
struct StudentTNLL {
  double df = 4.0;
  double scale = 1.0;

  explicit StudentTNLL(const double* given) : df(given[0]), scale(given[1]) {}

  double value(double r) const {
    const double a = M::abs(r);
    const double b = 1000000000000000.0 * scale;
    const double c = r / scale;
    const double d = c * c / df;
    const double f = 0.5 * (df + 1.0);
    const double g = scale / M::maximum(a, b);
    const double h = df * g;
    return M::where(M::less(a, b), M::where(M::less(d, 1e-20), f / df * c * c, f * M::log1p(d)), f * (M::log1p(h * g) - M::log(g) - M::log(h)));
  }

  double derivative(double r) const {
    const double a = M::abs(r);
    const double b = 1000000000000000.0 * scale;
    const double c = df + 1.0;
    const double d = r / scale;
    return M::where(M::less(a, b), c / scale * (d / (df + d * d)), M::sign(r) * (c / M::maximum(a, b)));
  }

  double second_derivative(double r) const {
    const double a = M::abs(r);
    const double b = 1000000000000000.0 * scale;
    const double c = df + 1.0;
    const double d = r / scale;
    const double f = d * d;
    const double g = df + f;
    const double h = M::maximum(a, b);
    return M::where(M::less(a, b), c / (scale * scale) * ((df - f) / g) / g, -c / h / h);
  }

  void value_and_derivative(double r, double& value, double& derivative) const {
    const double a = M::abs(r);
    const double b = 1000000000000000.0 * scale;
    const bool c = M::less(a, b);
    const double d = r / scale;
    const double f = d * d;
    const double g = f / df;
    const double h = df + 1.0;
    const double i = 0.5 * h;
    const double j = M::maximum(a, b);
    const double k = scale / j;
    const double l = df * k;
    value = M::where(c, M::where(M::less(g, 1e-20), i / df * d * d, i * M::log1p(g)), i * (M::log1p(l * k) - M::log(k) - M::log(l)));
    derivative = M::where(c, h / scale * (d / (df + f)), M::sign(r) * (h / j));
  }
};
