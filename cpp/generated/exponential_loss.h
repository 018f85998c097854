// exponential_loss: exp(-z)
// Printed from the definitions by `python -m slopes.emit.cpp`.
#pragma once

template <class M>
struct ExponentialLoss {
  explicit ExponentialLoss(const double*) {}

  double value(double z) const {
    return M::exp(-z);
  }

  double derivative(double z) const {
    return -M::exp(-z);
  }

  double second_derivative(double z) const {
    return M::exp(-z);
  }

  void value_and_derivative(double z, double& value, double& derivative) const {
    const double a = M::exp(-z);
    value = a;
    derivative = -a;
  }
};
