// threshold: x if x > threshold else replacement
// Printed from the definitions by `python -m slopes.emit.cpp`.
#pragma once

template <class M>
struct Threshold {
  double threshold = 1.0;
  double replacement = 0.0;

  explicit Threshold(const double* given) : threshold(given[0]), replacement(given[1]) {}

  double value(double x) const {
    return M::where(M::less(threshold, x), x, M::fill(x, replacement));
  }

  double derivative(double x) const {
    return M::step(x - threshold);
  }

  double second_derivative(double x) const {
    return M::fill(x, 0.0);
  }

  void value_and_derivative(double x, double& value, double& derivative) const {
    value = M::where(M::less(threshold, x), x, M::fill(x, replacement));
    derivative = M::step(x - threshold);
  }
};
