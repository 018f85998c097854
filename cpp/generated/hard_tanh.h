// hard_tanh: min(max(x, min_value), max_value)
// Printed from the definitions by `python -m slopes.emit.cpp`.
#pragma once

template <class M>
struct HardTanh {
  double min_value = -1.0;
  double max_value = 1.0;

  explicit HardTanh(const double* given) : min_value(given[0]), max_value(given[1]) {}

  double value(double x) const {
    return M::minimum(M::maximum(x, min_value), max_value);
  }

  double derivative(double x) const {
    return M::step(x - min_value) * M::step(max_value - x);
  }

  double second_derivative(double x) const {
    return M::fill(x, 0.0);
  }

  void value_and_derivative(double x, double& value, double& derivative) const {
    value = M::minimum(M::maximum(x, min_value), max_value);
    derivative = M::step(x - min_value) * M::step(max_value - x);
  }
};
