// Cross-entropy of short rows, a tile at a time: every array has one entry for each row of the tile.
#pragma once

#include "cross_entropy_sums.h"
#include "tiles.h"

namespace slopes::detail {

/// Rows that do not count have label -1 and weight 0.
struct TileTarget {
  alignas(64) double label[tile_rows];  ///< as a number, to be compared in lanes
  alignas(64) double mass[tile_rows];   ///< class weight of the label
  alignas(64) double weight[tile_rows];
};

template <class T>
struct TileSums {
  LaneSums<T> other_masses, far;
  alignas(64) double top_mass[tile_rows];
};

template <class T>
struct TileSlopes {
  alignas(64) double value[tile_rows], scale[tile_rows], top_gradient[tile_rows];
  alignas(64) double rest[tile_rows], curvature[tile_rows];
  LaneSums<T> slope, p_top;
};

/// The masses' sums; q(class, row of the tile).
template <class T, class Q>
inline void tile_sums(const T* tile, std::size_t classes, const TileSplit<T>& s, Q q, TileSums<T>& sums) {
  sums.other_masses.clear();
  sums.far.clear();
  for (double& mass : sums.top_mass) mass = 0;
  for (std::size_t j = 0; j < classes; j++) {
    const T* x = tile + j * tile_rows;
    const T index = static_cast<T>(j);
#pragma omp simd
    for (std::size_t i = 0; i < tile_rows; i++) {
      const double mass = q(j, i);
      const bool top = s.top[i] == index;
      sums.other_masses.add(i, top ? 0.0 : mass);
      sums.top_mass[i] = top ? mass : sums.top_mass[i];
      sums.far.add(i, far_times(mass, x[i], s.max[i]));
    }
  }
}

/// The same where only the label has a mass.
template <class T>
inline void tile_sums_of_labels(const T* tile, std::size_t classes, const TileSplit<T>& s, const TileTarget& t,
                                TileSums<T>& sums) {
  alignas(64) T x[tile_rows] = {};
  for (std::size_t j = 0; j < classes; j++) {
    const T* row = tile + j * tile_rows;
    const double index = static_cast<double>(j);
#pragma omp simd
    for (std::size_t i = 0; i < tile_rows; i++) x[i] = t.label[i] == index ? row[i] : x[i];
  }
#pragma omp simd
  for (std::size_t i = 0; i < tile_rows; i++) {
    const bool top = static_cast<double>(s.top[i]) == t.label[i];
    sums.other_masses.set(i, top ? 0.0 : t.mass[i]);
    sums.top_mass[i] = top ? t.mass[i] : 0.0;
    sums.far.set(i, far_times(t.mass[i], x[i], s.max[i]));
  }
}

template <class T>
inline void tile_slopes(const TileSplit<T>& s, const TileSums<T>& sums, const double* weight, double divisor,
                        TileSlopes<T>& out) {
#pragma omp simd
  for (std::size_t i = 0; i < tile_rows; i++) {
    const RowSlopes r = RowSlopes::of<T>(
        {s.others.high[i], is_full<T> ? s.others.low[is_full<T> ? i : 0] : 0.0, sums.other_masses.total(i), sums.top_mass[i], sums.far.total(i)}, weight[i], divisor);
    out.value[i] = r.value;
    out.scale[i] = r.scale;
    out.top_gradient[i] = r.top_gradient;
    out.rest[i] = r.rest;
    out.curvature[i] = r.curvature;
    out.slope.set(i, r.slope());
    out.p_top.set(i, r.p_top());
  }
}

template <class T, class Q>
inline void tile_gradient(T* tile, const double* e, std::size_t classes, const TileSplit<T>& s,
                          const TileSlopes<T>& r, Q q) {
  for (std::size_t j = 0; j < classes; j++) {
    T* out = tile + j * tile_rows;
    const double* v = e + j * tile_rows;
    const T index = static_cast<T>(j);
#pragma omp simd
    for (std::size_t i = 0; i < tile_rows; i++) {
      const double other = r.slope.times(i, v[i]) - q(j, i) * r.scale[i];
      out[i] = static_cast<T>(s.top[i] == index ? r.top_gradient[i] : other);
    }
  }
}

template <class T>
inline void tile_hessian(T* tile, const double* e, std::size_t classes, const TileSplit<T>& s,
                         const TileSlopes<T>& r) {
  for (std::size_t j = 0; j < classes; j++) {
    T* out = tile + j * tile_rows;
    const double* v = e + j * tile_rows;
    const T index = static_cast<T>(j);
#pragma omp simd
    for (std::size_t i = 0; i < tile_rows; i++) {
      const double p = r.p_top.times(i, v[i]);
      out[i] = static_cast<T>(r.curvature[i] * p * (s.top[i] == index ? r.rest[i] : 1 - p));
    }
  }
}

/// Labels and weights of a tile's rows; the inputs of rows that do not count become zeros.
template <class T>
inline void tile_target(const Target<T>& target, std::size_t first, std::size_t count, std::size_t classes, T* tile,
                        T* probabilities, TileTarget& t) {
  for (std::size_t i = 0; i < tile_rows; i++) {
    const std::size_t r = first + i;
    const bool kept = i < count && (!target.keep || target.keep[r]);
    const std::int64_t label = kept && target.index ? target.index[r] : -1;
    t.label[i] = static_cast<double>(label);
    t.mass[i] = label < 0 ? 0.0 : (target.class_weight ? target.class_weight[label] : 1.0);
    t.weight[i] = !kept ? 0.0 : (target.weight ? target.weight[r] : 1.0);
    if (kept || i >= count) continue;
    for (std::size_t j = 0; j < classes; j++) tile[j * tile_rows + i] = 0;
    for (std::size_t j = 0; j < classes && probabilities; j++) probabilities[j * tile_rows + i] = 0;
  }
}

/// The results of short rows; q(class, row of the tile) are the masses.
template <bool Hard, class T, class Q>
inline void short_rows(const T* x, const Target<T>& target, std::size_t rows, std::size_t classes,
                       const Result<T>& out, double* scratch, T* probabilities, TileTarget& t, Q q) {
  double* e = scratch;
  T* tile = reinterpret_cast<T*>(scratch + classes * tile_rows);
  TileSplit<T> s;
  TileSums<T> sums;
  TileSlopes<T> slopes;
  for (std::size_t r = 0; r < rows; r += tile_rows) {
    const std::size_t count = rows - r < tile_rows ? rows - r : tile_rows;
    transpose_in(x + r * classes, tile, count, classes);
    if (probabilities) transpose_in(target.probability + r * classes, probabilities, count, classes);
    tile_target(target, r, count, classes, tile, probabilities, t);
    split_tile(tile, e, classes, s);
    if constexpr (Hard) {
      tile_sums_of_labels(tile, classes, s, t, sums);
    } else {
      tile_sums(tile, classes, s, q, sums);
    }
    tile_slopes(s, sums, t.weight, out.divisor, slopes);
    for (std::size_t i = 0; i < count; i++) put_value(out, r + i, slopes.value[i]);
    if (out.gradient) {
      tile_gradient(tile, e, classes, s, slopes, q);
      transpose_out(tile, out.gradient + r * classes, count, classes);
    }
    if (out.hessian) {
      tile_hessian(tile, e, classes, s, slopes);
      transpose_out(tile, out.hessian + r * classes, count, classes);
    }
  }
}

template <class T>
inline void short_rows(const T* x, const Target<T>& target, std::size_t rows, std::size_t classes,
                       const Result<T>& out, double* scratch) {
  const double share = target.label_smoothing, miss = share / static_cast<double>(classes), hit = (1 - share) + miss;
  double class_weight[tile_classes];
  for (std::size_t j = 0; j < classes; j++) class_weight[j] = target.class_weight ? target.class_weight[j] : 1.0;
  const double* w = class_weight;
  TileTarget t;
  const double *label = t.label, *mass = t.mass;
  if (!target.index) {
    T* p = reinterpret_cast<T*>(scratch + 2 * classes * tile_rows);
    short_rows<false>(x, target, rows, classes, out, scratch, p, t, [=](std::size_t j, std::size_t i) {
      return ((1 - share) * p[j * tile_rows + i] + miss) * w[j];
    });
  } else if (share == 0) {
    short_rows<true>(x, target, rows, classes, out, scratch, static_cast<T*>(nullptr), t,
                     [=](std::size_t j, std::size_t i) { return label[i] == static_cast<double>(j) ? mass[i] : 0.0; });
  } else {
    short_rows<false>(
        x, target, rows, classes, out, scratch, static_cast<T*>(nullptr), t,
        [=](std::size_t j, std::size_t i) { return (label[i] == static_cast<double>(j) ? hit : miss) * w[j]; });
  }
}

}  // namespace slopes::detail
