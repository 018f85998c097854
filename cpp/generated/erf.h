// erf: erf(x)
// Printed from the definitions by `python -m slopes.emit.cpp`.
#pragma once

template <class M>
struct Erf {
  explicit Erf(const double*) {}

  double value(double x) const {
    return M::erf(x);
  }

  double derivative(double x) const {
    const double a = M::normal_times(1.0, x);
    return M::sqrt(M::fill(x, 2.0)) * (4.0 / M::root_two_over_pi()) * a * a;
  }

  double second_derivative(double x) const {
    const double a = -2.0 * (M::sqrt(M::fill(x, 2.0)) * (4.0 / M::root_two_over_pi())) * M::normal_times(1.0, x);
    return a * M::normal_times(x, x);
  }

  void value_and_derivative(double x, double& value, double& derivative) const {
    const double a = M::normal_times(1.0, x);
    value = M::erf(x);
    derivative = M::sqrt(M::fill(x, 2.0)) * (4.0 / M::root_two_over_pi()) * a * a;
  }
};
