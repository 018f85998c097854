// binary_cross_entropy_with_logits: t * log(1 + exp(-z)) + (1 - t) * log(1 + exp(z))
// Printed from the definitions by `python -m slopes.emit.cpp`.
#pragma once

template <class M>
struct BinaryCrossEntropyWithLogits {
  explicit BinaryCrossEntropyWithLogits(const double*) {}

  double value(double z, double t) const {
    return M::where(M::less(z, 0.0), M::times(t, -z), M::times(1.0 - t, z)) + M::log1p_exp(z);
  }

  double gradient(double z, double t) const {
    const double a = M::sigmoid(-M::abs(z));
    return M::where(M::less(z, 0.0), a - t, 1.0 - t - a);
  }

  double hessian(double z, double t) const {
    return M::fill(t, 1.0) * M::sigmoid(z) * M::sigmoid(-z);
  }

  void value_and_gradient(double z, double t, double& value, double& gradient) const {
    const bool a = M::less(z, 0.0);
    const double b = 1.0 - t;
    const double c = M::sigmoid(-M::abs(z));
    value = M::where(a, M::times(t, -z), M::times(b, z)) + M::log1p_exp(z);
    gradient = M::where(a, c - t, b - c);
  }
};
