// smape: 2 * abs(p - t) / (abs(p) + abs(t))
// Printed from the definitions by `python -m slopes.emit.cpp`.
#pragma once

template <class M>
struct SMAPE {
  explicit SMAPE(const double*) {}

  double value(double p, double t) const {
    const double a = M::abs(p);
    const double b = M::where(M::less(1.7976931348623157e+308, a), M::fill(t, 2.0), 2.0 * (M::abs(p - t) / (a + M::abs(t))));
    return M::where(M::equal(p, t), M::fill(p, 0.0), b);
  }

  double gradient(double p, double t) const {
    const double a = M::abs(t);
    const double b = M::abs(p) + a;
    return M::where(M::less(0.0, M::sign(p) * M::sign(t)), 4.0 * M::sign(p - t) * (a / b) / b, M::fill(p + t, 0.0));
  }

  double hessian(double p, double t) const {
    const double a = M::sign(p);
    const double b = M::abs(t);
    const double c = M::abs(p) + b;
    return M::where(M::less(0.0, a * M::sign(t)), -8.0 * M::sign(p - t) * a * (b / c) / c / c, M::fill(p + t, 0.0));
  }

  void value_and_gradient(double p, double t, double& value, double& gradient) const {
    const double a = M::abs(p);
    const double b = p - t;
    const double c = M::abs(t);
    const double d = a + c;
    const double f = M::where(M::less(1.7976931348623157e+308, a), M::fill(t, 2.0), 2.0 * (M::abs(b) / d));
    value = M::where(M::equal(p, t), M::fill(p, 0.0), f);
    gradient = M::where(M::less(0.0, M::sign(p) * M::sign(t)), 4.0 * M::sign(b) * (c / d) / d, M::fill(p + t, 0.0));
  }
};
