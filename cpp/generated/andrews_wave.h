// andrews_wave: (1 - cos(min(abs(r / scale), pi))) * scale * scale
// Printed from the definitions by `python -m slopes.emit.cpp`.
#pragma once

template <class M>
struct AndrewsWave {
  double scale = 1.339;

  explicit AndrewsWave(const double* given) : scale(given[0]) {}

  double value(double r) const {
    const double a = M::abs(r);
    const double b = scale * 3.141592653589793;
    const double c = M::where(M::less(a, b), M::sin(M::minimum(a, b) / (2.0 * scale)), M::step(a));
    const double d = scale * c;
    return 2.0 * d * d;
  }

  double derivative(double r) const {
    const double a = scale * 3.141592653589793;
    const double b = M::minimum(M::abs(r), a);
    return scale * M::sign(r) * M::where(M::less(b, a), M::sin(b / scale), M::fill(r, 0.0));
  }

  double second_derivative(double r) const {
    const double a = scale * 3.141592653589793;
    const double b = M::minimum(M::abs(r), a);
    return M::where(M::less(b, a), M::cos(b / scale), M::fill(r, 0.0));
  }

  void value_and_derivative(double r, double& value, double& derivative) const {
    const double a = M::abs(r);
    const double b = scale * 3.141592653589793;
    const double c = M::minimum(a, b);
    const double d = scale * M::where(M::less(a, b), M::sin(c / (2.0 * scale)), M::step(a));
    value = 2.0 * d * d;
    derivative = scale * M::sign(r) * M::where(M::less(c, b), M::sin(c / scale), M::fill(r, 0.0));
  }
};
