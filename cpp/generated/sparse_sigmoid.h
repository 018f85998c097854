// sparse_sigmoid: min(max((x + 1) / 2, 0), 1)
// Printed from the definitions by `python -m slopes.emit.cpp`.
#pragma once

template <class M>
struct SparseSigmoid {
  explicit SparseSigmoid(const double*) {}

  double value(double x) const {
    return 0.5 * (M::minimum(M::maximum(x, -1.0), 1.0) + 1.0);
  }

  double derivative(double x) const {
    return 0.5 * M::step(x + 1.0) * M::step(1.0 - x);
  }

  double second_derivative(double x) const {
    return M::fill(x, 0.0);
  }

  void value_and_derivative(double x, double& value, double& derivative) const {
    value = 0.5 * (M::minimum(M::maximum(x, -1.0), 1.0) + 1.0);
    derivative = 0.5 * M::step(x + 1.0) * M::step(1.0 - x);
  }
};
