// phish: x * tanh(x * ndtr(x))
// Printed from the definitions by `python -m slopes.emit.cpp`.
#pragma once

template <class M>
struct Phish {
  explicit Phish(const double*) {}

  double value(double x) const {
    return M::where(M::less(x, -20.0), M::ndtr_times(x * x, x), x * M::tanh(M::ndtr_times(x, x)));
  }

  double derivative(double x) const {
    const double a = M::ndtr_times(x, x);
    const double b = M::sigmoid_times(M::sigmoid_times(a + M::normal_times(x * x, x), 2.0 * a), -2.0 * a);
    return M::tanh(a) + 4.0 * b;
  }

  double second_derivative(double x) const {
    const double a = M::ndtr_times(1.0, x);
    const double b = M::ndtr_times(x, x);
    const double c = a + M::normal_times(x, x);
    const double d = 2.0 * a + M::normal_times(x * (4.0 - x * x), x) - 2.0 * M::times(M::tanh(b) * c * c, x);
    return 4.0 * M::sigmoid_times(M::sigmoid_times(d, 2.0 * b), -2.0 * b);
  }

  void value_and_derivative(double x, double& value, double& derivative) const {
    const double a = x * x;
    const double b = M::ndtr_times(x, x);
    const double c = M::tanh(b);
    const double d = M::sigmoid_times(M::sigmoid_times(b + M::normal_times(a, x), 2.0 * b), -2.0 * b);
    value = M::where(M::less(x, -20.0), M::ndtr_times(a, x), x * c);
    derivative = c + 4.0 * d;
  }
};
