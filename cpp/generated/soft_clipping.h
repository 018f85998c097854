// soft_clipping: log((1 + exp(alpha * x)) / (1 + exp(alpha * (x - 1)))) / alpha
// Printed from the definitions by `python -m slopes.emit.cpp`.
#pragma once

template <class M>
struct SoftClipping {
  double alpha = 50.0;

  explicit SoftClipping(const double* given) : alpha(given[0]) {}

  double value(double x) const {
    const double a = M::minimum(x, 1.0 - x);
    const double b = -M::expm1(-M::fill(x, alpha)) * (M::exp(alpha * a) * M::sigmoid(alpha * (1.0 - a)));
    const double c = M::log1p(b) / alpha;
    return M::where(M::less(x, 0.5), c, 1.0 - c);
  }

  double derivative(double x) const {
    const double a = M::sigmoid_times(M::fill(x, 1.0) * -M::expm1(-M::fill(x, alpha)), alpha * x);
    return M::sigmoid_times(a, alpha * (1.0 - x));
  }

  double second_derivative(double x) const {
    const double a = alpha * (M::sigmoid(-alpha * x) - M::sigmoid(alpha * (x - 1.0))) * -M::expm1(-M::fill(x, alpha));
    return M::sigmoid_times(M::sigmoid_times(a, alpha * x), alpha * (1.0 - x));
  }

  void value_and_derivative(double x, double& value, double& derivative) const {
    const double a = 1.0 - x;
    const double b = M::minimum(x, a);
    const double c = -M::expm1(-M::fill(x, alpha)) * (M::exp(alpha * b) * M::sigmoid(alpha * (1.0 - b)));
    const double d = M::log1p(c) / alpha;
    const double f = M::sigmoid_times(M::fill(x, 1.0) * -M::expm1(-M::fill(x, alpha)), alpha * x);
    value = M::where(M::less(x, 0.5), d, 1.0 - d);
    derivative = M::sigmoid_times(f, alpha * a);
  }
};
