// elish: (x if x > 0 else exp(x) - 1) / (1 + exp(-x))
// Printed from the definitions by `python -m slopes.emit.cpp`.
#pragma once

template <class M>
struct ELiSH {
  explicit ELiSH(const double*) {}

  double value(double x) const {
    return M::sigmoid_times(M::where(M::less(0.0, x), x, M::expm1(M::minimum(x, 0.0))), x);
  }

  double derivative(double x) const {
    const double a = M::minimum(x, 0.0);
    const double b = M::where(M::less(0.0, x), 1.0 + M::sigmoid_times(x, -x), M::exp(a) + M::expm1(a) * M::sigmoid(-a));
    return M::sigmoid_times(b, x);
  }

  double second_derivative(double x) const {
    const double a = M::minimum(x, 0.0);
    const double b = M::exp(a);
    const double c = M::sigmoid(-a);
    const double d = M::where(M::less(0.0, x), M::sigmoid_times(2.0 - x * M::tanh(0.5 * x), -x), (b * (b * (b + 3.0) + 5.0) - 1.0) * c * c);
    return M::sigmoid_times(d, x);
  }

  void value_and_derivative(double x, double& value, double& derivative) const {
    const bool a = M::less(0.0, x);
    const double b = M::minimum(x, 0.0);
    const double c = M::expm1(b);
    const double d = M::where(a, 1.0 + M::sigmoid_times(x, -x), M::exp(b) + c * M::sigmoid(-b));
    value = M::sigmoid_times(M::where(a, x, c), x);
    derivative = M::sigmoid_times(d, x);
  }
};
