// welsch: scale**2 / 2 * (1 - exp(-(r / scale)**2))
// Printed from the definitions by `python -m slopes.emit.cpp`.
#pragma once

template <class M>
struct Welsch {
  double scale = 1.0;

  explicit Welsch(const double* given) : scale(given[0]) {}

  double value(double r) const {
    const double a = r / scale;
    return -0.5 * scale * scale * M::expm1(-a * a);
  }

  double derivative(double r) const {
    const double a = M::root_two_over_pi();
    const double b = r / scale;
    return M::normal_times(M::normal_times(4.0 / (a * a) * (scale * b), b), b);
  }

  double second_derivative(double r) const {
    const double a = M::root_two_over_pi();
    const double b = r / scale;
    return M::normal_times(M::normal_times(4.0 / (a * a) * (1.0 - 2.0 * b * b), b), b);
  }

  void value_and_derivative(double r, double& value, double& derivative) const {
    const double a = r / scale;
    const double b = M::root_two_over_pi();
    value = -0.5 * scale * scale * M::expm1(-a * a);
    derivative = M::normal_times(M::normal_times(4.0 / (b * b) * (scale * a), a), a);
  }
};
