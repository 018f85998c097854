// focal: (alpha if alpha >= 0 else 1) * t * (1 + exp(z))**-gamma * log(1 + exp(-z)) + (1 - alpha if alpha >= 0 else 1) * (1 - t) * (1 + exp(-z))**-gamma * log(1 + exp(z))
// Printed from the definitions by `python -m slopes.emit.cpp`.
#pragma once

template <class M>
struct Focal {
  double gamma = 2.0;
  double alpha = -1.0;

  explicit Focal(const double* given) : gamma(given[0]), alpha(given[1]) {}

  double value(double z, double t) const {
    const double a = M::fill(z, alpha);
    const bool b = M::less(a, 0.0);
    const double c = M::times(M::power(M::sigmoid(-z), gamma), M::maximum(-z, 0.0) + M::log1p_exp(-z));
    const double d = M::times(M::power(M::sigmoid(z), gamma), M::maximum(z, 0.0) + M::log1p_exp(z));
    return M::times(t, M::where(b, 1.0, a) * c) + M::times(1.0 - t, M::where(b, 1.0, 1.0 - a) * d);
  }

  double gradient(double z, double t) const {
    const double a = M::fill(z, alpha);
    const bool b = M::less(a, 0.0);
    const double c = M::sigmoid(z);
    const double d = M::sigmoid(-z);
    const double f = M::power(c, gamma) * (gamma * M::times(d, M::maximum(z, 0.0) + M::log1p_exp(z)) + c);
    const double g = M::power(d, gamma) * (gamma * M::times(c, M::maximum(-z, 0.0) + M::log1p_exp(-z)) + d);
    return (1.0 - t) * (M::where(b, 1.0, 1.0 - a) * f) - t * (M::where(b, 1.0, a) * g);
  }

  double hessian(double z, double t) const {
    const double a = M::fill(z, alpha);
    const bool b = M::less(a, 0.0);
    const double c = M::sigmoid(-z);
    const double d = gamma * gamma;
    const double f = M::sigmoid(z);
    const double g = M::maximum(-z, 0.0) + M::log1p_exp(-z);
    const double h = 1.0 + 2.0 * gamma;
    const double i = M::sigmoid_times(M::power(c, gamma) * (d * M::times(f, g) + c * (h - gamma * g)), z);
    const double j = M::maximum(z, 0.0) + M::log1p_exp(z);
    const double k = M::sigmoid_times(M::power(f, gamma) * (d * M::times(c, j) + f * (h - gamma * j)), -z);
    return t * (M::where(b, 1.0, a) * i) + (1.0 - t) * (M::where(b, 1.0, 1.0 - a) * k);
  }

  void value_and_gradient(double z, double t, double& value, double& gradient) const {
    const double a = M::fill(z, alpha);
    const bool b = M::less(a, 0.0);
    const double c = M::where(b, 1.0, a);
    const double d = M::sigmoid(-z);
    const double f = M::power(d, gamma);
    const double g = M::maximum(-z, 0.0) + M::log1p_exp(-z);
    const double h = 1.0 - t;
    const double i = M::where(b, 1.0, 1.0 - a);
    const double j = M::sigmoid(z);
    const double k = M::power(j, gamma);
    const double l = M::maximum(z, 0.0) + M::log1p_exp(z);
    value = M::times(t, c * M::times(f, g)) + M::times(h, i * M::times(k, l));
    gradient = h * (i * (k * (gamma * M::times(d, l) + j))) - t * (c * (f * (gamma * M::times(j, g) + d)));
  }
};
