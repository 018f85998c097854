// Cross-entropy of float rows and class indices, in float32 arithmetic (single_rows.h).
#pragma once

#include "cross_entropy_sums.h"
#include "single_tiles.h"

namespace slopes::detail {

/// Whether a call may be computed here: unweighted class indices, and results that need no more than float's exponents.
/// The choice is made once a call: no row's bits depend on another row.
inline bool single_serves(const Target<float>& target, const Result<float>& out) {
  const bool hard = target.index && target.label_smoothing == 0;
  return hard && !target.class_weight && !target.weight && out.divisor >= 0x1p-20 && out.divisor <= 0x1p40;
}

/// A row's results, as RowSlopes, where only the label has a mass: 1, or 0 if the row does not count.
struct SingleSlopes {
  double value, scale, at_top, slope, p_top, hessian_at_top;

  /// `others` is NaN or from 0 to the number of classes.
  [[gnu::always_inline]] static SingleSlopes of(double others, bool label_is_top, double mass, double x_label,
                                                double max, double divisor) {
    const double p_top = 1 / (1 + others), rest = others * p_top, scale = mass / divisor;
    const double far = select(x_label == max, 0.0, max - x_label);
    const double log_norm = log1p_inside(others, Narrow{}) + (others - others);  // the NaN, which the former loses
    return {mass * (far + log_norm), scale, select(label_is_top, -rest, p_top) * scale + 0.0, p_top * scale, p_top,
            scale * p_top * rest};
  }
};

struct SingleGradientFill {
  SingleRow e;
  SingleFactor slope;
  std::size_t label, top;
  float at_label, at_top;
  void operator()(float* block, std::size_t begin, std::size_t count) const {
    const float *high = e.high + begin, *low = e.low + begin;
    const SingleFactor f = slope;
#pragma omp simd
    for (std::size_t j = 0; j < count; j++) block[j] = single_times(high[j], low[j], f);
    if (label - begin < count) block[label - begin] = at_label;
    if (top - begin < count) block[top - begin] = at_top;
  }
};

struct SingleHessianFill {
  SingleRow e;
  double p_top, curvature;  ///< p_top of a stored exponential
  std::size_t top;
  float at_top;
  void operator()(float* block, std::size_t begin, std::size_t count) const {
    const float *high = e.high + begin, *low = e.low + begin;
    const double f = p_top, c = curvature;
#pragma omp simd
    for (std::size_t j = 0; j < count; j++) {
      const double p = (static_cast<double>(high[j]) + static_cast<double>(low[j])) * f;
      block[j] = static_cast<float>(c * p * (1 - p));
    }
    if (top - begin < count) block[top - begin] = at_top;
  }
};

inline void single_long_rows(const float* x, const Target<float>& target, std::size_t rows, std::size_t classes,
                             const Result<float>& out, double* scratch) {
  PendingRow<float, SingleGradientFill> gradient;
  std::size_t turn = 0;
  for (std::size_t r = 0; r < rows; r++, x += classes) {
    float* slopes = out.gradient ? out.gradient + r * classes : nullptr;
    float* hessian = out.hessian ? out.hessian + r * classes : nullptr;
    if (target.keep && !target.keep[r]) {
      put_value(out, r, 0.0);
      if (slopes) __builtin_memset(slopes, 0, classes * sizeof(float));
      if (hessian) __builtin_memset(hessian, 0, classes * sizeof(float));
      continue;
    }
    const SingleRow e = slopes || hessian ? single_row(scratch, turn, classes) : SingleRow{};
    turn = 1 - turn;  // the row before may still be written from the other half
    const SingleSplit s = single_split(x, e, classes, x + classes, [&] { gradient.advance(); });
    gradient.finish();
    const std::size_t label = static_cast<std::size_t>(target.index[r]);
    const SingleSlopes k = SingleSlopes::of(s.others, label == s.top, 1.0, x[label], s.max, out.divisor);
    put_value(out, r, k.value);
    if (hessian) {
      const float at_top = static_cast<float>(k.hessian_at_top);
      write_row(hessian, classes, out.stream, SingleHessianFill{e, k.p_top * s.unit, k.scale, s.top, at_top});
    }
    if (slopes) {
      const double at_label = (static_cast<double>(e.high[label]) + e.low[label]) * s.unit * k.slope - k.scale;
      gradient = {slopes, classes, out.stream,
                  {e, single_factor(k.slope, s.unit), label, s.top, static_cast<float>(at_label),
                   static_cast<float>(k.at_top)}};
    }
  }
  gradient.finish();
  if (out.stream) stream_end();
}

/// The labels of a tile's rows, and what stands there.
struct SingleLabels {
  alignas(64) float label[tile_rows];  ///< as a number
  alignas(64) std::uint32_t place[tile_rows];  ///< of the label in the tile
  alignas(64) float x[tile_rows], high[tile_rows], low[tile_rows];
  alignas(64) double mass[tile_rows];  ///< 1, or 0 for rows that do not count
  alignas(64) float at_label[tile_rows];
};

/// Reads the labels. The logits of rows that do not count become zeros.
inline void single_labels(const Target<float>& target, std::size_t first, std::size_t count, std::size_t classes,
                          float* tile, SingleLabels& t) {
  for (std::size_t i = 0; i < tile_rows; i++) {
    const bool kept = i < count && (!target.keep || target.keep[first + i]);
    const std::uint32_t label = kept ? static_cast<std::uint32_t>(target.index[first + i]) : 0;
    t.place[i] = label * tile_rows + static_cast<std::uint32_t>(i);
    t.label[i] = static_cast<float>(label);
    t.mass[i] = kept;
    t.x[i] = kept ? tile[t.place[i]] : 0;
    if (kept || i >= count) continue;
    for (std::size_t j = 0; j < classes; j++) tile[j * tile_rows + i] = 0;
  }
}

inline void single_gradient(float* tile, SingleRow e, std::size_t classes, const SingleTile& s, const SingleLabels& t) {
  for (std::size_t j = 0; j < classes; j++) {
    float* out = tile + j * tile_rows;
    const float *high = e.high + j * tile_rows, *low = e.low + j * tile_rows;
    const float index = static_cast<float>(j);
#pragma omp simd
    for (std::size_t i = 0; i < tile_rows; i++) {
      const float product = single_times(high[i], low[i], {s.factor_high[i], s.factor_low[i]});
      out[i] = select(s.top[i] == index, s.at_top[i], select(t.label[i] == index, t.at_label[i], product));
    }
  }
}

inline void single_short_rows(const float* x, const Target<float>& target, std::size_t rows, std::size_t classes,
                              const Result<float>& out, double* scratch) {
  const std::size_t size = classes * tile_rows;
  float* tile = reinterpret_cast<float*>(scratch);
  const SingleRow e = {tile + size, tile + 2 * size};
  const double divisor = out.divisor;
  SingleTile s;
  SingleLabels t;
  alignas(64) double value[tile_rows], scale[tile_rows], p_top[tile_rows];
  alignas(64) float hessian_at_top[tile_rows];
  for (std::size_t r = 0; r < rows; r += tile_rows) {
    const std::size_t count = rows - r < tile_rows ? rows - r : tile_rows;
    transpose_in(x + r * classes, tile, count, classes);
    single_labels(target, r, count, classes, tile, t);
    single_split(tile, e, classes, s);
    for (std::size_t i = 0; i < tile_rows; i++) {
      t.high[i] = e.high[t.place[i]];
      t.low[i] = e.low[t.place[i]];
    }
#pragma omp simd
    for (std::size_t i = 0; i < tile_rows; i++) {
      const SingleSlopes k =
          SingleSlopes::of(s.others[i], s.top[i] == t.label[i], t.mass[i], t.x[i], s.max[i], divisor);
      const double e_label = (static_cast<double>(t.high[i]) + static_cast<double>(t.low[i])) * s.unit[i];
      value[i] = k.value;
      scale[i] = k.scale;
      p_top[i] = k.p_top * s.unit[i];
      hessian_at_top[i] = static_cast<float>(k.hessian_at_top);
      s.set_factor(i, single_factor(k.slope, s.unit[i]));
      s.at_top[i] = static_cast<float>(k.at_top);
      t.at_label[i] = static_cast<float>(e_label * k.slope - k.scale);
    }
    for (std::size_t i = 0; i < count; i++) put_value(out, r + i, value[i]);
    if (out.gradient) {
      single_gradient(tile, e, classes, s, t);
      transpose_out(tile, out.gradient + r * classes, count, classes);
    }
    for (std::size_t j = 0; out.hessian && j < classes; j++) {
      const float *high = e.high + j * tile_rows, *low = e.low + j * tile_rows;
      const float index = static_cast<float>(j);
#pragma omp simd
      for (std::size_t i = 0; i < tile_rows; i++) {
        const double p = (static_cast<double>(high[i]) + static_cast<double>(low[i])) * p_top[i];
        tile[j * tile_rows + i] =
            select(s.top[i] == index, hessian_at_top[i], static_cast<float>(scale[i] * p * (1 - p)));
      }
    }
    if (out.hessian) transpose_out(tile, out.hessian + r * classes, count, classes);
  }
}

inline void single_cross_entropy(const float* x, const Target<float>& target, std::size_t rows, std::size_t classes,
                                 const Result<float>& out, double* scratch) {
  if (classes <= tile_classes) return single_short_rows(x, target, rows, classes, out, scratch);
  single_long_rows(x, target, rows, classes, out, scratch);
}

}  // namespace slopes::detail
