// mish: x * tanh(log(1 + exp(x)))
// Printed from the definitions by `python -m slopes.emit.cpp`.
#pragma once

template <class M>
struct Mish {
  explicit Mish(const double*) {}

  double value(double x) const {
    const double a = M::exp(-M::abs(x));
    const bool b = M::less(x, 0.0);
    const double c = 2.0 * a;
    const double d = 1.0 + c;
    const double f = (1.0 + a) * M::where(b, 2.0 + a, d) / M::where(b, 2.0 + c + a * a, d + c * a);
    return M::sigmoid_times(x * f, x);
  }

  double derivative(double x) const {
    const double a = M::exp(-M::abs(x));
    const double b = 1.0 + a;
    const bool c = M::less(x, 0.0);
    const double d = 2.0 * a;
    const double f = 1.0 + d;
    const double g = a * a;
    const double h = M::where(c, 2.0 + d + g, f + d * a);
    const double i = b * (M::where(c, 2.0 + a, f) * h + 4.0 * b * M::times(M::where(c, 1.0, g), x));
    return M::sigmoid_times(i / (h * h), x);
  }

  double second_derivative(double x) const {
    const bool a = M::less(x, 0.0);
    const double b = M::exp(-M::abs(x));
    const double c = 1.0 + b;
    const double d = 2.0 * b;
    const double f = 1.0 + d;
    const double g = M::where(a, 2.0 + d + b * b, f + d * b);
    const double h = M::sigmoid(x);
    const double i = 2.0 + x * (M::sigmoid(-x) - 2.0 * h * h * c * M::where(a, 2.0 + b, f) / g);
    const double j = M::sigmoid_times(4.0 * c * c * M::where(a, 1.0, c) / (g * g) * i, -M::abs(x));
    return M::where(a, j, M::sigmoid_times(j, -x));
  }

  void value_and_derivative(double x, double& value, double& derivative) const {
    const double a = M::exp(-M::abs(x));
    const double b = 1.0 + a;
    const bool c = M::less(x, 0.0);
    const double d = 2.0 * a;
    const double f = 1.0 + d;
    const double g = M::where(c, 2.0 + a, f);
    const double h = a * a;
    const double i = M::where(c, 2.0 + d + h, f + d * a);
    value = M::sigmoid_times(x * (b * g / i), x);
    derivative = M::sigmoid_times(b * (g * i + 4.0 * b * M::times(M::where(c, 1.0, h), x)) / (i * i), x);
  }
};
