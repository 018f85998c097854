// starrelu: scale * max(x, 0)**2 + bias
// Printed from the definitions by `python -m slopes.emit.cpp`.
#pragma once

template <class M>
struct StarReLU {
  double scale = 0.8944;
  double bias = -0.4472;

  explicit StarReLU(const double* given) : scale(given[0]), bias(given[1]) {}

  double value(double x) const {
    const double a = M::maximum(x, 0.0);
    return scale * a * a + bias;
  }

  double derivative(double x) const {
    return 2.0 * scale * M::maximum(x, 0.0);
  }

  double second_derivative(double x) const {
    return 2.0 * scale * M::step(x);
  }

  void value_and_derivative(double x, double& value, double& derivative) const {
    const double a = M::maximum(x, 0.0);
    value = scale * a * a + bias;
    derivative = 2.0 * scale * a;
  }
};
