// rational: (a0 + a1 * x + a2 * x**2 + a3 * x**3 + a4 * x**4 + a5 * x**5) / (1 + abs(b1 * x + b2 * x**2 + b3 * x**3 + b4 * x**4))
// Printed from the definitions by `python -m slopes.emit.cpp`.
#pragma once

template <class M>
struct Rational {
  double a0 = 0.0;
  double a1 = 0.5;
  double a2 = 0.249117;
  double a3 = 0.05072021484375;
  double a4 = 0.00490327;
  double a5 = 0.00018578767776489258;
  double b1 = 0.0;
  double b2 = 0.1014404296875;
  double b3 = 0.0;
  double b4 = 0.00037157535552978516;

  explicit Rational(const double* given) : a0(given[0]), a1(given[1]), a2(given[2]), a3(given[3]), a4(given[4]), a5(given[5]), b1(given[6]), b2(given[7]), b3(given[8]), b4(given[9]) {}

  double value(double x) const {
    const bool a = M::less(1.0, M::abs(x));
    const double b = M::where(a, 1.0 / M::where(a, x, 1.0), x);
    const double c = b * b * b * b;
    const double d = M::where(a, a4 + b * (a3 + b * (a2 + b * (a1 + b * a0))), a0 + b * (a1 + b * (a2 + b * (a3 + b * a4))));
    const double f = M::where(a, b4 + b * (b3 + b * (b2 + b * b1)), b * (b1 + b * (b2 + b * (b3 + b * b4))));
    return (M::times(a5, M::where(a, x, c * b)) + d) / (M::where(a, c, 1.0) + M::abs(f));
  }

  double derivative(double x) const {
    const bool a = M::less(1.0, M::abs(x));
    const double b = M::where(a, 1.0 / M::where(a, x, 1.0), x);
    const double c = b * b * b * b;
    const double d = 5.0 * a5;
    const double f = 4.0 * a4;
    const double g = 3.0 * a3;
    const double h = 2.0 * a2;
    const double i = M::where(a, c * (d + b * (f + b * (g + b * (h + b * a1)))), a1 + b * (h + b * (g + b * (f + b * d))));
    const double j = M::maximum(M::abs(b), 1e-18);
    const double k = M::where(M::less(b, 0.0), -j, j);
    const double l = M::where(a, b4 + k * (b3 + k * (b2 + k * b1)), k * (b1 + k * (b2 + k * (b3 + k * b4))));
    const double m = M::fill(b, 1.0);
    const double n = a5 * b4;
    const double o = 2.0 * a5 * b3;
    const double p = -1.0 * a3 * b4 + a4 * b3 + 3.0 * a5 * b2;
    const double q = -2.0 * a2 * b4 + 2.0 * a4 * b2 + 4.0 * a5 * b1;
    const double r = -3.0 * a1 * b4 + -1.0 * a2 * b3 + a3 * b2 + 3.0 * a4 * b1;
    const double s = -4.0 * a0 * b4 + -2.0 * a1 * b3 + 2.0 * a3 * b1;
    const double t = -3.0 * a0 * b3 + -1.0 * a1 * b2 + a2 * b1;
    const double u = -2.0 * a0 * b2;
    const double v = -1.0 * a0 * b1;
    const double w = b * (o + b * (p + b * (q + b * (r + b * (s + b * (t + b * (u + b * v)))))));
    const double y = b * (u + b * (t + b * (s + b * (r + b * (q + b * (p + b * (o + b * n)))))));
    const double z = M::where(a, b4 + b * (b3 + b * (b2 + b * b1)), b * (b1 + b * (b2 + b * (b3 + b * b4))));
    const double c1 = M::where(a, c, 1.0) + M::abs(z);
    return (i + M::where(M::less(l, 0.0), -m, m) * M::where(a, n + w, v + y)) / c1 / c1;
  }

  double second_derivative(double x) const {
    const bool a = M::less(1.0, M::abs(x));
    const double b = M::where(a, 1.0 / M::where(a, x, 1.0), x);
    const double c = b * b;
    const double d = -4.0 * a5;
    const double f = -3.0 * a4;
    const double g = -2.0 * a3;
    const double h = -1.0 * a2;
    const double i = 0.0 * a1;
    const double j = b * (4.0 * f + b * (5.0 * g + b * (6.0 * h + b * (7.0 * i + b * (8.0 * a0)))));
    const double k = 2.0 * a2;
    const double l = 3.0 * a3;
    const double m = 4.0 * a4;
    const double n = 5.0 * a5;
    const double o = M::where(a, c * (3.0 * d + j), k + b * (2.0 * l + b * (3.0 * m + b * (4.0 * n))));
    const double p = M::maximum(M::abs(b), 1e-18);
    const double q = M::where(M::less(b, 0.0), -p, p);
    const double r = M::where(a, b4 + q * (b3 + q * (b2 + q * b1)), q * (b1 + q * (b2 + q * (b3 + q * b4))));
    const double s = M::fill(b, 1.0);
    const double t = M::where(M::less(r, 0.0), -s, s);
    const double u = 2.0 * a3;
    const double v = u * b4 + -2.0 * a5 * b2;
    const double w = 3.0 * a2 * b4 + a3 * b3 + -1.0 * a4 * b2 + -3.0 * a5 * b1;
    const double y = 4.0 * a1 * b4 + k * b3 + -2.0 * a4 * b1;
    const double z = -1.0 * a3;
    const double c1 = 5.0 * a0 * b4 + 3.0 * a1 * b3 + a2 * b2 + z * b1;
    const double d1 = 4.0 * a0 * b3 + 2.0 * a1 * b2;
    const double e1 = 3.0 * a0 * b2 + a1 * b1;
    const double f1 = 2.0 * a0 * b1;
    const double g1 = 3.0 * y + b * (4.0 * c1 + b * (5.0 * d1 + b * (6.0 * e1 + b * (7.0 * f1))));
    const double h1 = -2.0 * a0 * b2;
    const double i1 = -3.0 * a0 * b3 + -1.0 * a1 * b2 + a2 * b1;
    const double j1 = -4.0 * a0 * b4 + -2.0 * a1 * b3 + u * b1;
    const double k1 = -3.0 * a1 * b4 + h * b3 + a3 * b2 + 3.0 * a4 * b1;
    const double l1 = -2.0 * a2 * b4 + 2.0 * a4 * b2 + 4.0 * a5 * b1;
    const double m1 = z * b4 + a4 * b3 + 3.0 * a5 * b2;
    const double n1 = 2.0 * a5 * b3;
    const double o1 = a5 * b4;
    const double p1 = 4.0 * k1 + b * (5.0 * l1 + b * (6.0 * m1 + b * (7.0 * n1 + b * (8.0 * o1))));
    const double q1 = M::where(a, v + b * (2.0 * w + b * g1), h1 + b * (2.0 * i1 + b * (3.0 * j1 + b * p1)));
    const double r1 = c * b;
    const double s1 = M::where(a, r1 * (d + b * (f + b * (g + b * (h + b * (i + b * a0))))), a1 + b * (k + b * (l + b * (m + b * n))));
    const double t1 = a4 * b4 + -1.0 * a5 * b3 + b * (v + b * (w + b * (y + b * (c1 + b * (d1 + b * (e1 + b * f1))))));
    const double u1 = h1 + b * (i1 + b * (j1 + b * (k1 + b * (l1 + b * (m1 + b * (n1 + b * o1))))));
    const double v1 = 2.0 * b2;
    const double w1 = M::where(a, b3 + b * (v1 + b * (3.0 * b1)), b1 + b * (v1 + b * (3.0 * b3 + b * (4.0 * b4))));
    const double x1 = 2.0 * (s1 + t * M::where(a, t1, -1.0 * a0 * b1 + b * u1)) * (t * w1 + M::where(a, 4.0 * r1, 0.0));
    const double y1 = M::where(a, b4 + b * (b3 + b * (b2 + b * b1)), b * (b1 + b * (b2 + b * (b3 + b * b4))));
    const double z1 = M::where(a, r1 * b, 1.0) + M::abs(y1);
    const double c2 = (o + t * q1 - x1 / z1) / z1 / z1;
    return M::where(a, c2 * b * b * b, c2);
  }

  void value_and_derivative(double x, double& value, double& derivative) const {
    const bool a = M::less(1.0, M::abs(x));
    const double b = M::where(a, 1.0 / M::where(a, x, 1.0), x);
    const double c = b * b * b * b;
    const double d = M::where(a, a4 + b * (a3 + b * (a2 + b * (a1 + b * a0))), a0 + b * (a1 + b * (a2 + b * (a3 + b * a4))));
    const double f = M::where(a, b4 + b * (b3 + b * (b2 + b * b1)), b * (b1 + b * (b2 + b * (b3 + b * b4))));
    const double g = M::where(a, c, 1.0) + M::abs(f);
    const double h = 5.0 * a5;
    const double i = 4.0 * a4;
    const double j = 3.0 * a3;
    const double k = 2.0 * a2;
    const double l = M::where(a, c * (h + b * (i + b * (j + b * (k + b * a1)))), a1 + b * (k + b * (j + b * (i + b * h))));
    const double m = M::maximum(M::abs(b), 1e-18);
    const double n = M::where(M::less(b, 0.0), -m, m);
    const double o = M::where(a, b4 + n * (b3 + n * (b2 + n * b1)), n * (b1 + n * (b2 + n * (b3 + n * b4))));
    const double p = M::fill(b, 1.0);
    const double q = a5 * b4;
    const double r = 2.0 * a5 * b3;
    const double s = -1.0 * a3 * b4 + a4 * b3 + 3.0 * a5 * b2;
    const double t = -2.0 * a2 * b4 + 2.0 * a4 * b2 + 4.0 * a5 * b1;
    const double u = -3.0 * a1 * b4 + -1.0 * a2 * b3 + a3 * b2 + 3.0 * a4 * b1;
    const double v = -4.0 * a0 * b4 + -2.0 * a1 * b3 + 2.0 * a3 * b1;
    const double w = -3.0 * a0 * b3 + -1.0 * a1 * b2 + a2 * b1;
    const double y = -2.0 * a0 * b2;
    const double z = -1.0 * a0 * b1;
    const double c1 = b * (r + b * (s + b * (t + b * (u + b * (v + b * (w + b * (y + b * z)))))));
    const double d1 = b * (y + b * (w + b * (v + b * (u + b * (t + b * (s + b * (r + b * q)))))));
    value = (M::times(a5, M::where(a, x, c * b)) + d) / g;
    derivative = (l + M::where(M::less(o, 0.0), -p, p) * M::where(a, q + c1, z + d1)) / g / g;
  }
};
