// log_ndtr: log(ndtr(x))
// Printed from the definitions by `python -m slopes.emit.cpp`.
#pragma once

template <class M>
struct LogNdtr {
  explicit LogNdtr(const double*) {}

  double value(double x) const {
    return M::log_ndtr(x);
  }

  double derivative(double x) const {
    return M::inverse_mills(x);
  }

  double second_derivative(double x) const {
    const double a = M::mills_excess(x);
    const double b = M::where(M::less(x, 0.0), M::where(M::less(-1000000000.0, x), M::inverse_mills(x) * a, 1.0), M::normal_times(a / M::ndtr_times(1.0, M::abs(x)), x));
    return -b;
  }

  void value_and_derivative(double x, double& value, double& derivative) const {
    value = M::log_ndtr(x);
    derivative = M::inverse_mills(x);
  }
};
