// asymmetric: t * (1 + exp(z))**-gamma_positive * log(1 + exp(-z)) - (1 - t) * max(1 / (1 + exp(-z)) - clip, 0)**gamma_negative * log(1 - max(1 / (1 + exp(-z)) - clip, 0))
// Printed from the definitions by `python -m slopes.emit.cpp`.
#pragma once

template <class M>
struct Asymmetric {
  double gamma_negative = 4.0;
  double gamma_positive = 1.0;
  double clip = 0.05;

  explicit Asymmetric(const double* given) : gamma_negative(given[0]), gamma_positive(given[1]), clip(given[2]) {}

  double value(double z, double t) const {
    const double a = M::sigmoid(-z);
    const double b = M::times(M::power(a, gamma_positive), M::maximum(-z, 0.0) + M::log1p_exp(-z));
    const double c = M::maximum(M::where(M::less(0.0, z), 1.0 - a, M::sigmoid(z)) - clip, 0.0);
    const double d = M::power(c, gamma_negative) * M::where(M::less(c, 0.5), -M::log1p(-c), -M::log(a + clip));
    return M::times(t, b) + M::times(1.0 - t, d);
  }

  double gradient(double z, double t) const {
    const double a = M::sigmoid(-z);
    const double b = M::sigmoid(z);
    const double c = M::maximum(M::where(M::less(0.0, z), 1.0 - a, b) - clip, 0.0);
    const double d = a + clip;
    const double f = gamma_negative * M::where(M::less(c, 0.5), -M::log1p(-c), -M::log(d)) + c / d;
    const double g = M::sigmoid_times(M::sigmoid_times(M::power(c, gamma_negative - 1.0) * f, z), -z);
    const double h = M::power(a, gamma_positive) * (gamma_positive * M::times(b, M::maximum(-z, 0.0) + M::log1p_exp(-z)) + a);
    return (1.0 - t) * g - t * h;
  }

  double hessian(double z, double t) const {
    const double a = M::sigmoid(-z);
    const double b = M::sigmoid(z);
    const double c = M::maximum(-z, 0.0) + M::log1p_exp(-z);
    const double d = gamma_positive * gamma_positive * M::times(b, c) + a * (1.0 + 2.0 * gamma_positive - gamma_positive * c);
    const double f = M::maximum(M::where(M::less(0.0, z), 1.0 - a, b) - clip, 0.0);
    const double g = gamma_negative - 1.0;
    const double h = M::power(f, g);
    const double i = a + clip;
    const double j = M::where(M::less(f, 0.5), -M::log1p(-f), -M::log(i));
    const double k = f / i;
    const double l = gamma_negative * g * (j / M::where(M::less(0.0, f), f, M::fill(f, 1.0))) + (2.0 * gamma_negative + k) / i;
    const double m = M::sigmoid_times(M::sigmoid_times(h * l, z), -z) - h * (gamma_negative * j + k) * M::tanh(0.5 * z);
    return t * M::sigmoid_times(M::power(a, gamma_positive) * d, z) + (1.0 - t) * (M::step(f) * M::sigmoid_times(M::sigmoid_times(m, z), -z));
  }

  void value_and_gradient(double z, double t, double& value, double& gradient) const {
    const double a = M::sigmoid(-z);
    const double b = M::power(a, gamma_positive);
    const double c = M::maximum(-z, 0.0) + M::log1p_exp(-z);
    const double d = 1.0 - t;
    const double f = M::sigmoid(z);
    const double g = M::maximum(M::where(M::less(0.0, z), 1.0 - a, f) - clip, 0.0);
    const double h = a + clip;
    const double i = M::where(M::less(g, 0.5), -M::log1p(-g), -M::log(h));
    const double j = M::sigmoid_times(M::power(g, gamma_negative - 1.0) * (gamma_negative * i + g / h), z);
    value = M::times(t, M::times(b, c)) + M::times(d, M::power(g, gamma_negative) * i);
    gradient = d * M::sigmoid_times(j, -z) - t * (b * (gamma_positive * M::times(f, c) + a));
  }
};
