// Cross-entropy of long rows, one at a time.
#pragma once

#include "cross_entropy_sums.h"

namespace slopes::detail {

/// One-hot masses: only the class `label` has any.
struct HardMasses {
  std::size_t label;
  double mass;

  template <class T>
  RowSums sums(const T* x, std::size_t, const RowSplit& s) const {
    const bool top = label == s.top;
    return {s.others.high, s.others.low, top ? 0.0 : mass, top ? mass : 0.0, far_times(mass, x[label], s.max)};
  }
  template <class T>
  void gradient(T* block, const double* e, Pair slope, double scale, std::size_t begin, std::size_t count) const {
    const double* v = e + begin;
#pragma omp simd
    for (std::size_t j = 0; j < count; j++) block[j] = static_cast<T>(scaled<T>(v[j], slope));
    if (label - begin < count) block[label - begin] = static_cast<T>(scaled<T>(e[label], slope) - mass * scale);
  }
};

/// Any masses, q(class).
template <class Q>
struct SoftMasses {
  Q q;

  template <class T>
  RowSums sums(const T* x, std::size_t classes, const RowSplit& s) const {
    const Q mass = q;
    const double max = s.max;
    return {s.others.high, s.others.low, sum_without(classes, s.top, mass), mass(s.top),
            sum_without(classes, s.top, [=](std::size_t j) { return far_times(mass(j), x[j], max); })};
  }
  template <class T>
  void gradient(T* block, const double* e, Pair slope, double scale, std::size_t begin, std::size_t count) const {
    const double* v = e + begin;
    const Q mass = q;
#pragma omp simd
    for (std::size_t j = 0; j < count; j++) {
      block[j] = static_cast<T>(scaled<T>(v[j], slope) - mass(begin + j) * scale);
    }
  }
};

/// A class index with label smoothing.
template <bool Weighted>
struct SmoothedIndex {
  std::size_t label;
  double hit, miss;
  const double* class_weight;
  [[gnu::always_inline]] double operator()(std::size_t j) const {
    const double q = j == label ? hit : miss;
    if constexpr (Weighted) return q * class_weight[j];
    return q;
  }
};

/// Target probabilities, smoothed.
template <class T, bool Weighted>
struct SmoothedProbability {
  const T* probability;
  double kept, miss;
  const double* class_weight;
  [[gnu::always_inline]] double operator()(std::size_t j) const {
    const double q = kept * probability[j] + miss;
    if constexpr (Weighted) return q * class_weight[j];
    return q;
  }
};

template <class T, class Masses>
struct GradientFill {
  Masses masses;
  const double* e;
  Pair slope;
  double scale;
  std::size_t top;
  T at_top;
  void operator()(T* block, std::size_t begin, std::size_t count) const {
    masses.gradient(block, e, slope, scale, begin, count);
    if (top - begin < count) block[top - begin] = at_top;
  }
};

template <class T>
struct HessianFill {
  const double* e;
  Pair p_top;
  double curvature;
  std::size_t top;
  T at_top;
  void operator()(T* block, std::size_t begin, std::size_t count) const {
    const double *v = e + begin, c = curvature;
    const Pair f = p_top;
#pragma omp simd
    for (std::size_t j = 0; j < count; j++) {
      const double p = scaled<T>(v[j], f);
      block[j] = static_cast<T>(c * p * (1 - p));
    }
    if (top - begin < count) block[top - begin] = at_top;
  }
};

/// The results of long rows with the masses that masses_of(row) returns.
template <class T, class F>
inline void long_rows(const T* x, const Target<T>& target, std::size_t rows, std::size_t classes,
                      const Result<T>& out, double* scratch, F masses_of) {
  PendingRow<T, GradientFill<T, decltype(masses_of(std::size_t{0}))>> gradient;
  std::size_t turn = 0;
  for (std::size_t r = 0; r < rows; r++, x += classes) {
    T* slopes = out.gradient ? out.gradient + r * classes : nullptr;
    T* hessian = out.hessian ? out.hessian + r * classes : nullptr;
    if (target.keep && !target.keep[r]) {
      put_value(out, r, 0.0);
      if (slopes) __builtin_memset(slopes, 0, classes * sizeof(T));
      if (hessian) __builtin_memset(hessian, 0, classes * sizeof(T));
      continue;
    }
    double* e = slopes || hessian ? scratch + turn * row_stride(classes) : nullptr;
    turn = 1 - turn;  // the row before may still be written from the other half
    const RowSplit s = split_row(x, e, classes, x + classes, [&] { gradient.advance(); });
    gradient.finish();
    const auto masses = masses_of(r);
    const double weight = target.weight ? target.weight[r] : 1.0;
    const RowSlopes k = RowSlopes::of<T>(masses.sums(x, classes, s), weight, out.divisor);
    put_value(out, r, k.value);
    if (hessian) {
      const T at_top = static_cast<T>(k.curvature * scaled<T>(k.rest, k.p_top()));
      write_row(hessian, classes, out.stream, HessianFill<T>{e, k.p_top(), k.curvature, s.top, at_top});
    }
    if (slopes) {
      gradient = {slopes, classes, out.stream, {masses, e, k.slope(), k.scale, s.top, static_cast<T>(k.top_gradient)}};
    }
  }
  gradient.finish();
  if (out.stream) stream_end();
}

template <bool Weighted, class T>
inline void long_rows(const T* x, const Target<T>& target, std::size_t rows, std::size_t classes,
                      const Result<T>& out, double* scratch) {
  const double share = target.label_smoothing, miss = share / static_cast<double>(classes);
  const double* class_weight = target.class_weight;
  const auto label = [&](std::size_t r) { return static_cast<std::size_t>(target.index[r]); };
  if (target.index && share == 0) {
    long_rows(x, target, rows, classes, out, scratch, [&](std::size_t r) {
      return HardMasses{label(r), Weighted ? class_weight[label(r)] : 1.0};
    });
  } else if (target.index) {
    long_rows(x, target, rows, classes, out, scratch, [&](std::size_t r) {
      return SoftMasses<SmoothedIndex<Weighted>>{{label(r), (1 - share) + miss, miss, class_weight}};
    });
  } else {
    long_rows(x, target, rows, classes, out, scratch, [&](std::size_t r) {
      return SoftMasses<SmoothedProbability<T, Weighted>>{
          {target.probability + r * classes, 1 - share, miss, class_weight}};
    });
  }
}

}  // namespace slopes::detail
