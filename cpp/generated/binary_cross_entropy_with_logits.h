// binary_cross_entropy_with_logits: pos_weight * (t * (1 - label_smoothing) + label_smoothing / 2) * log(1 + exp(-z)) + ((1 - t) * (1 - label_smoothing) + label_smoothing / 2) * log(1 + exp(z))
// Printed from the definitions by `python -m slopes.emit.cpp`.
#pragma once

template <class M>
struct BinaryCrossEntropyWithLogits {
  double pos_weight = 1.0;
  double label_smoothing = 0.0;

  explicit BinaryCrossEntropyWithLogits(const double* given) : pos_weight(given[0]), label_smoothing(given[1]) {}

  double value(double z, double t) const {
    const double a = 1.0 - label_smoothing;
    const double b = 0.5 * label_smoothing;
    const double c = pos_weight * (a * t + b);
    const double d = a * (1.0 - t) + b;
    const double f = M::abs(z);
    return M::times(M::where(M::less(z, 0.0), c, d), f) + (c + d) * M::log1p_exp(z);
  }

  double gradient(double z, double t) const {
    const double a = 1.0 - label_smoothing;
    const double b = 0.5 * label_smoothing;
    const double c = pos_weight * (a * t + b);
    const double d = a * (1.0 - t) + b;
    const double f = (c + d) * M::sigmoid(-M::abs(z));
    return M::where(M::less(z, 0.0), f - c, d - f);
  }

  double hessian(double z, double t) const {
    const double a = 1.0 - label_smoothing;
    const double b = 0.5 * label_smoothing;
    return (pos_weight * (a * t + b) + (a * (1.0 - t) + b)) * M::sigmoid(z) * M::sigmoid(-z);
  }

  void value_and_gradient(double z, double t, double& value, double& gradient) const {
    const bool a = M::less(z, 0.0);
    const double b = 1.0 - label_smoothing;
    const double c = 0.5 * label_smoothing;
    const double d = pos_weight * (b * t + c);
    const double f = b * (1.0 - t) + c;
    const double g = M::abs(z);
    const double h = d + f;
    const double i = h * M::sigmoid(-g);
    value = M::times(M::where(a, d, f), g) + h * M::log1p_exp(z);
    gradient = M::where(a, i - d, f - i);
  }
};
