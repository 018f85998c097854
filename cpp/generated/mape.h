// mape: abs(p - t) / abs(t)
// Printed from the definitions by `python -m slopes.emit.cpp`.
#pragma once

template <class M>
struct MAPE {
  explicit MAPE(const double*) {}

  double value(double p, double t) const {
    return M::where(M::equal(p, t), M::fill(p, 0.0), M::abs(p - t) / M::abs(t));
  }

  double gradient(double p, double t) const {
    return M::where(M::equal(p, t), M::fill(p, 0.0), M::sign(p - t) / M::abs(t));
  }

  double hessian(double p, double t) const {
    return M::fill(p - t, 0.0);
  }

  void value_and_gradient(double p, double t, double& value, double& gradient) const {
    const bool a = M::equal(p, t);
    const double b = M::fill(p, 0.0);
    const double c = p - t;
    const double d = M::abs(t);
    value = M::where(a, b, M::abs(c) / d);
    gradient = M::where(a, b, M::sign(c) / d);
  }
};
