// gaussian: exp(-x**2)
// Printed from the definitions by `python -m slopes.emit.cpp`.
#pragma once

template <class M>
struct Gaussian {
  explicit Gaussian(const double*) {}

  double value(double x) const {
    const double a = M::minimum(M::abs(x), 1.0);
    const double b = M::normal_times(1.0, x) * (2.0 / M::root_two_over_pi());
    return M::where(M::less(a, 1.0), M::exp(-a * a), b * b);
  }

  double derivative(double x) const {
    const double a = 2.0 / M::root_two_over_pi();
    return -2.0 * (M::normal_times(x, x) * a) * (M::normal_times(1.0, x) * a);
  }

  double second_derivative(double x) const {
    const double a = 2.0 / M::root_two_over_pi();
    return M::normal_times(4.0 * x * x - 2.0, x) * a * (M::normal_times(1.0, x) * a);
  }

  void value_and_derivative(double x, double& value, double& derivative) const {
    const double a = M::minimum(M::abs(x), 1.0);
    const double b = 2.0 / M::root_two_over_pi();
    const double c = M::normal_times(1.0, x) * b;
    value = M::where(M::less(a, 1.0), M::exp(-a * a), c * c);
    derivative = -2.0 * (M::normal_times(x, x) * b) * c;
  }
};
