// gelu_tanh: x * (1 + tanh(sqrt(2 / pi) * (x + 0.044715 * x**3))) / 2
// Printed from the definitions by `python -m slopes.emit.cpp`.
#pragma once

template <class M>
struct GELUTanh {
  explicit GELUTanh(const double*) {}

  double value(double x) const {
    return M::sigmoid_times(x, 2.0 * M::root_two_over_pi() * x * (1.0 + 0.044715 * x * x));
  }

  double derivative(double x) const {
    const double a = 2.0 * M::root_two_over_pi() * x;
    const double b = a * (1.0 + 0.044715 * x * x);
    return M::sigmoid_times(1.0 + M::sigmoid_times(a * (1.0 + 0.134145 * x * x), -b), b);
  }

  double second_derivative(double x) const {
    const double a = 2.0 * M::root_two_over_pi();
    const double b = 1.0 + 0.134145 * x * x;
    const double c = a * b;
    const double d = a * x * (1.0 + 0.044715 * x * x);
    return M::sigmoid_times(M::sigmoid_times(c * (4.0 - 2.0 / b - x * c * M::tanh(0.5 * d)), d), -d);
  }

  void value_and_derivative(double x, double& value, double& derivative) const {
    const double a = 2.0 * M::root_two_over_pi() * x;
    const double b = a * (1.0 + 0.044715 * x * x);
    value = M::sigmoid_times(x, b);
    derivative = M::sigmoid_times(1.0 + M::sigmoid_times(a * (1.0 + 0.134145 * x * x), -b), b);
  }
};
