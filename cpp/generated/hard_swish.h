// hard_swish: x * max(0, min(1, x / 6 + 1 / 2))
// Printed from the definitions by `python -m slopes.emit.cpp`.
#pragma once

template <class M>
struct HardSwish {
  explicit HardSwish(const double*) {}

  double value(double x) const {
    return M::times(M::minimum(M::maximum(x + 3.0, 0.0), 6.0) / 6.0, x);
  }

  double derivative(double x) const {
    const double a = M::step(3.0 - x);
    const double b = M::step(x + 3.0) * a * (2.0 * M::minimum(M::maximum(x, -3.0), 3.0) + 3.0);
    return b / 6.0 + (1.0 - a);
  }

  double second_derivative(double x) const {
    return M::step(x + 3.0) * M::step(3.0 - x) / 3.0;
  }

  void value_and_derivative(double x, double& value, double& derivative) const {
    const double a = x + 3.0;
    const double b = M::step(3.0 - x);
    const double c = M::step(a) * b * (2.0 * M::minimum(M::maximum(x, -3.0), 3.0) + 3.0) / 6.0;
    value = M::times(M::minimum(M::maximum(a, 0.0), 6.0) / 6.0, x);
    derivative = c + (1.0 - b);
  }
};
