// What the cross-entropy of long and of short rows share: targets, results, and the formulas from a row's sums to them.
//
// A row has masses q = class_weight * ((1 - smoothing) * target + smoothing / classes), with sum `total`. Then
//   value    = sum(q (max - x)) + total log(norm)
//   gradient = total p - q,  at the largest class also  (sum of the other q) - rest total
//   hessian  = total p (1 - p),  1 - p of the largest class being rest.
#pragma once

#include "rows.h"

namespace slopes {

/// What a row is compared with. Exactly one of `index` and `probability` is given; other pointers may be null.
template <class T>
struct Target {
  const std::int64_t* index = nullptr;   ///< [rows], in range wherever the row is kept
  const T* probability = nullptr;        ///< [rows * classes]
  const double* class_weight = nullptr;  ///< [classes]
  double label_smoothing = 0;
  const double* weight = nullptr;      ///< [rows]
  const std::uint8_t* keep = nullptr;  ///< [rows]; where 0, results are 0 and inputs are not looked at
};

/// What is wanted; null pointers are not computed. Values are neither reduced nor divided.
template <class T>
struct Result {
  double* value = nullptr;    ///< [rows], for a reduction
  T* rounded = nullptr;       ///< [rows], for reduction="none"
  T* gradient = nullptr;      ///< [rows * classes]; may be the logits themselves
  T* hessian = nullptr;       ///< [rows * classes], the diagonal
  double divisor = 1;         ///< of gradient and Hessian
  bool stream = false;        ///< gradient and Hessian past the caches: for those larger than the last-level cache
};

namespace detail {

/// The sums over a row that its results are made of; "other" is without the largest class.
struct RowSums {
  double others, others_low;  ///< of e^(x - max), high and low part
  double other_masses;  ///< of q
  double top_mass;      ///< q of the largest class
  double far;           ///< of q (max - x)
};

/// A row's results, but for what the entries' own e and q add: gradient = e slope - q scale.
/// Plain numbers, no Pairs: the compiler would keep structures inside a structure in memory, and not vectorise.
struct RowSlopes {
  double value, scale, top_gradient;
  double slope_high, slope_low;
  double p_top_high, p_top_low;
  double rest, curvature;  ///< hessian = curvature p (1 - p)

  Pair slope() const { return {slope_high, slope_low}; }
  Pair p_top() const { return {p_top_high, p_top_low}; }

  template <class T>
  [[gnu::always_inline]] static RowSlopes of(const RowSums& s, double weight, double divisor) {
    const double scale = weight / divisor;
    const double total = s.other_masses + s.top_mass;
    const double curvature = total * scale;
    const Pair others = {s.others, s.others_low};
    const Pair p_top = probability_of_top<T>(others);
    const double rest = scaled<T>(s.others + s.others_low, p_top);
    // one number in two forms, each exact where the other cancels; adding 0 makes the -0 of a row without weight 0
    const double confident = s.other_masses - rest * total;
    const double doubtful = scaled<T>(total, p_top) - s.top_mass;
    const Pair slope = scaled<T>(p_top, curvature);
    return {weight * (s.far + total * log_norm_of<T>(others)),
            scale,
            (rest < 0.5 ? confident : doubtful) * scale + 0.0,
            slope.high,
            slope.low,
            p_top.high,
            p_top.low,
            rest,
            curvature};
  }
};

/// q (max - x); 0 times infinity is 0.
template <class T>
[[gnu::always_inline]] inline double far_times(double q, T x, double max) {
  return Math<Full>::times(q, -below_max(x, max));
}

template <class T>
inline void put_value(const Result<T>& out, std::size_t row, double value) {
  if (out.value) out.value[row] = value;
  if (out.rounded) out.rounded[row] = static_cast<T>(value);
}

}  // namespace detail
}  // namespace slopes
