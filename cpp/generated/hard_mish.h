// hard_mish: x * min(1, max(0, x / 2 + 1))
// Printed from the definitions by `python -m slopes.emit.cpp`.
#pragma once

template <class M>
struct HardMish {
  explicit HardMish(const double*) {}

  double value(double x) const {
    return M::times(M::minimum(M::maximum(x + 2.0, 0.0), 2.0) / 2.0, x);
  }

  double derivative(double x) const {
    return M::step(x + 2.0) * (1.0 + M::minimum(M::maximum(x, -2.0), 0.0));
  }

  double second_derivative(double x) const {
    return M::step(x + 2.0) * M::step(-x);
  }

  void value_and_derivative(double x, double& value, double& derivative) const {
    const double a = x + 2.0;
    value = M::times(M::minimum(M::maximum(a, 0.0), 2.0) / 2.0, x);
    derivative = M::step(a) * (1.0 + M::minimum(M::maximum(x, -2.0), 0.0));
  }
};
