// binary_cross_entropy: -(t * log(p) + (1 - t) * log(1 - p))
// Printed from the definitions by `python -m slopes.emit.cpp`.
#pragma once

template <class M>
struct BinaryCrossEntropy {
  explicit BinaryCrossEntropy(const double*) {}

  double value(double p, double t) const {
    return M::times(t, -M::log(p)) + M::times(1.0 - t, -M::log1p(-p));
  }

  double gradient(double p, double t) const {
    const double a = 1.0 - p;
    return M::where(M::equal(t, 0.0), 1.0 / a, M::where(M::equal(t, 1.0), -1.0 / p, (p - t) / (p * a)));
  }

  double hessian(double p, double t) const {
    const double a = 1.0 - p;
    return M::times(t, 1.0 / (p * p)) + M::times(1.0 - t, 1.0 / (a * a));
  }

  void value_and_gradient(double p, double t, double& value, double& gradient) const {
    const double a = 1.0 - p;
    value = M::times(t, -M::log(p)) + M::times(1.0 - t, -M::log1p(-p));
    gradient = M::where(M::equal(t, 0.0), 1.0 / a, M::where(M::equal(t, 1.0), -1.0 / p, (p - t) / (p * a)));
  }
};
