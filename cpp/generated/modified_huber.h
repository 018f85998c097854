// modified_huber: max(1 - z, 0)**2 if z >= -1 else -4 * z
// Printed from the definitions by `python -m slopes.emit.cpp`.
#pragma once

template <class M>
struct ModifiedHuber {
  explicit ModifiedHuber(const double*) {}

  double value(double z) const {
    const double a = M::minimum(M::maximum(1.0 - z, 0.0), 2.0);
    return M::maximum(a * a, -4.0 * z);
  }

  double derivative(double z) const {
    return -2.0 * M::minimum(M::maximum(1.0 - z, 0.0), 2.0);
  }

  double second_derivative(double z) const {
    return 2.0 * M::step(1.0 - z) * M::step(1.0 + z);
  }

  void value_and_derivative(double z, double& value, double& derivative) const {
    const double a = M::minimum(M::maximum(1.0 - z, 0.0), 2.0);
    value = M::maximum(a * a, -4.0 * z);
    derivative = -2.0 * a;
  }
};
