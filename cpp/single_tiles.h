// Short float rows in float32 arithmetic (single_rows.h), as tiles: every array has one entry for each row of the tile.
#pragma once

#include "single_rows.h"
#include "tiles.h"

namespace slopes::detail {

struct SingleTile {
  alignas(64) float max[tile_rows];
  alignas(64) float top[tile_rows];  ///< the class of the first maximum, as a number; -1 if there is none
  alignas(64) float near[tile_rows], base[tile_rows], lowest[tile_rows], magic[tile_rows];  ///< as in SingleShift
  alignas(64) double others[tile_rows], unit[tile_rows];  ///< as in SingleSplit
  alignas(64) float factor_high[tile_rows], factor_low[tile_rows];
  alignas(64) float at_top[tile_rows];  ///< the result of the largest entry

  void set_factor(std::size_t i, SingleFactor f) {
    factor_high[i] = f.high;
    factor_low[i] = f.low;
  }
};

/// The largest entries of the rows of a tile. A row without a number has none, and a lone -inf is one.
inline void single_peaks(const float* tile, std::size_t classes, SingleTile& s) {
#pragma omp simd
  for (std::size_t i = 0; i < tile_rows; i++) {
    s.max[i] = -std::numeric_limits<float>::infinity();
    s.top[i] = select((classes == 1) & (tile[i] == s.max[i]), 0.0f, -1.0f);
  }
  for (std::size_t j = 0; j < classes; j++) {
    const float* x = tile + j * tile_rows;
    const float index = static_cast<float>(j);
#pragma omp simd
    for (std::size_t i = 0; i < tile_rows; i++) {
      const bool larger = x[i] > s.max[i];
      s.max[i] = select(larger, x[i], s.max[i]);
      s.top[i] = select(larger, index, s.top[i]);
    }
  }
}

/// Splits the rows of a tile and keeps their exponentials, two arrays of the tile's size; 0 for the largest entry.
inline void single_split(const float* tile, SingleRow e, std::size_t classes, SingleTile& s) {
  single_peaks(tile, classes, s);
  alignas(64) float low_sum[tile_rows];
#pragma omp simd
  for (std::size_t i = 0; i < tile_rows; i++) {
    const SingleShift shift = single_shift(s.max[i]);
    s.near[i] = shift.top;
    s.base[i] = shift.base;
    s.lowest[i] = shift.lowest;
    s.magic[i] = shift.magic;
    s.others[i] = 0;
    low_sum[i] = 0;
  }
  for (std::size_t j = 0; j < classes; j++) {
    const float* x = tile + j * tile_rows;
    float *high = e.high + j * tile_rows, *low = e.low + j * tile_rows;
    const float index = static_cast<float>(j);
#pragma omp simd
    for (std::size_t i = 0; i < tile_rows; i++) {
      const SingleFactor v = single_exponential(x[i] - s.base[i], s.lowest[i], s.magic[i]);
      const bool top = s.top[i] == index;
      high[i] = select(top, 0.0f, v.high);
      low[i] = select(top, 0.0f, v.low);
    }
#pragma omp simd
    for (std::size_t i = 0; i < tile_rows; i++) {
      s.others[i] += static_cast<double>(high[i]);
      low_sum[i] += low[i];
    }
  }
#pragma omp simd
  for (std::size_t i = 0; i < tile_rows; i++) {
    const SingleFactor top = single_exponential(s.near[i], s.lowest[i], s.magic[i]);
    s.unit[i] = 1 / (static_cast<double>(top.high) + static_cast<double>(top.low));
    s.others[i] = (s.others[i] + static_cast<double>(low_sum[i])) * s.unit[i];
  }
}

/// The exponentials times each row's factor, and at_top where the largest is.
inline void single_scale(float* tile, SingleRow e, std::size_t classes, const SingleTile& s) {
  for (std::size_t j = 0; j < classes; j++) {
    float* out = tile + j * tile_rows;
    const float *high = e.high + j * tile_rows, *low = e.low + j * tile_rows;
    const float index = static_cast<float>(j);
#pragma omp simd
    for (std::size_t i = 0; i < tile_rows; i++) {
      const float product = single_times(high[i], low[i], {s.factor_high[i], s.factor_low[i]});
      out[i] = select(s.top[i] == index, s.at_top[i], product);
    }
  }
}

/// For each tile of rows: brings it in, splits it, lets work(tile, e, split) make the results in place, writes them.
template <class F>
inline void for_single_tiles(const float* x, float* out, std::size_t rows, std::size_t classes, double* scratch, F work) {
  const std::size_t size = classes * tile_rows;
  float* tile = reinterpret_cast<float*>(scratch);
  const SingleRow e = {tile + size, tile + 2 * size};
  SingleTile s;
  for (std::size_t r = 0; r < rows; r += tile_rows) {
    const std::size_t count = rows - r < tile_rows ? rows - r : tile_rows;
    transpose_in(x + r * classes, tile, count, classes);
    single_split(tile, e, classes, s);
    work(tile, e, s);
    transpose_out(tile, out + r * classes, count, classes);
  }
}

inline void single_softmax_tiles(const float* x, float* out, std::size_t rows, std::size_t classes, double* scratch) {
  for_single_tiles(x, out, rows, classes, scratch, [=](float* tile, SingleRow e, SingleTile& s) {
#pragma omp simd
    for (std::size_t i = 0; i < tile_rows; i++) {
      const double p_top = 1 / (1 + s.others[i]);
      s.set_factor(i, single_factor(p_top, s.unit[i]));
      s.at_top[i] = static_cast<float>(p_top);
    }
    single_scale(tile, e, classes, s);
  });
}

inline void single_log_softmax_tiles(const float* x, float* out, std::size_t rows, std::size_t classes,
                                     double* scratch) {
  for_single_tiles(x, out, rows, classes, scratch, [=](float* tile, SingleRow, SingleTile& s) {
    alignas(64) double log_norm[tile_rows];
#pragma omp simd
    for (std::size_t i = 0; i < tile_rows; i++) log_norm[i] = log1p(s.others[i], Narrow{});
    for (std::size_t j = 0; j < classes; j++) {
      float* t = tile + j * tile_rows;
#pragma omp simd
      for (std::size_t i = 0; i < tile_rows; i++) {
        t[i] = static_cast<float>(below_max(t[i], static_cast<double>(s.max[i])) - log_norm[i]);
      }
    }
  });
}

}  // namespace slopes::detail
