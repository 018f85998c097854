// poisson_nll: exp(z) - t * z
// Printed from the definitions by `python -m slopes.emit.cpp`.
#pragma once

template <class M>
struct PoissonNLL {
  explicit PoissonNLL(const double*) {}

  double value(double z, double t) const {
    return M::exp(z) - M::times(t, M::minimum(z, 800.0));
  }

  double gradient(double z, double t) const {
    return M::exp(z) - t;
  }

  double hessian(double z, double t) const {
    return M::fill(t, 1.0) * M::exp(z);
  }

  void value_and_gradient(double z, double t, double& value, double& gradient) const {
    const double a = M::exp(z);
    value = a - M::times(t, M::minimum(z, 800.0));
    gradient = a - t;
  }
};
