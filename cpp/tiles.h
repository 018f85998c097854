// Short rows: a tile of tile_rows rows is transposed, tile[class * tile_rows + row], so that a lane of a vector is a row.
#pragma once

#include "rows.h"

namespace slopes {

template <std::size_t Classes, class T>
inline void transpose_in_fixed(const T* x, T* tile, std::size_t rows) {
  for (std::size_t i = 0; i < rows; i++) {
#pragma GCC unroll 16
    for (std::size_t j = 0; j < Classes; j++) tile[j * tile_rows + i] = x[i * Classes + j];
  }
}

template <std::size_t Classes, class T>
inline void transpose_out_fixed(const T* tile, T* out, std::size_t rows) {
  for (std::size_t i = 0; i < rows; i++) {
#pragma GCC unroll 16
    for (std::size_t j = 0; j < Classes; j++) out[i * Classes + j] = tile[j * tile_rows + i];
  }
}

/// Calls f with the number of classes as a constant where it is small: known strides are twice as fast.
template <class F, class G>
inline void with_classes(std::size_t classes, F fixed, G any) {
  switch (classes) {
#define SLOPES_CASE(n) \
  case n:              \
    return fixed(std::integral_constant<std::size_t, n>{});
    SLOPES_CASE(2) SLOPES_CASE(3) SLOPES_CASE(4) SLOPES_CASE(5) SLOPES_CASE(6) SLOPES_CASE(7) SLOPES_CASE(8)
    SLOPES_CASE(9) SLOPES_CASE(10) SLOPES_CASE(11) SLOPES_CASE(12) SLOPES_CASE(16)
#undef SLOPES_CASE
    default:
      return any();
  }
}

/// Transposes up to tile_rows rows into a tile; lanes without a row become 0.
template <class T>
inline void transpose_in(const T* x, T* tile, std::size_t rows, std::size_t classes) {
  if (rows < tile_rows) __builtin_memset(tile, 0, classes * tile_rows * sizeof(T));
  with_classes(
      classes, [=](auto c) { transpose_in_fixed<c()>(x, tile, rows); },
      [=] {
        for (std::size_t i = 0; i < rows; i++) {
          for (std::size_t j = 0; j < classes; j++) tile[j * tile_rows + i] = x[i * classes + j];
        }
      });
}

template <class T>
inline void transpose_out(const T* tile, T* out, std::size_t rows, std::size_t classes) {
  with_classes(
      classes, [=](auto c) { transpose_out_fixed<c()>(tile, out, rows); },
      [=] {
        for (std::size_t i = 0; i < rows; i++) {
          for (std::size_t j = 0; j < classes; j++) out[i * classes + j] = tile[j * tile_rows + i];
        }
      });
}

/// A sum in each lane; doubles carry along what rounding takes from them.
template <class T>
struct LaneSums {
  alignas(64) double high[tile_rows];
  alignas(64) double low[is_full<T> ? tile_rows : 1];

  void clear() {
    for (double& h : high) h = 0;
    for (double& l : low) l = 0;
  }
  // Without a low part no Pair is made: it would keep the compiler from vectorising.
  [[gnu::always_inline]] void add(std::size_t i, double x) {
    if constexpr (is_full<T>) {
      set(i, plus<T>(get(i), x));
    } else {
      high[i] += x;
    }
  }
  [[gnu::always_inline]] void set(std::size_t i, double sum) {
    high[i] = sum;
    if constexpr (is_full<T>) low[i] = 0;
  }
  [[gnu::always_inline]] void set(std::size_t i, Pair sum) {
    high[i] = sum.high;
    if constexpr (is_full<T>) low[i] = sum.low;
  }
  [[gnu::always_inline]] Pair get(std::size_t i) const {
    if constexpr (is_full<T>) return {high[i], low[i]};
    return {high[i], 0};
  }
  [[gnu::always_inline]] double total(std::size_t i) const {
    if constexpr (is_full<T>) return high[i] + low_of({high[i], low[i]});
    return high[i];
  }
  [[gnu::always_inline]] double times(std::size_t i, double e) const {
    if constexpr (is_full<T>) return e * high[i] + e * low[i];
    return e * high[i];
  }
};

/// The splits of the rows of a tile, one for each lane.
template <class T>
struct TileSplit {
  alignas(64) T max[tile_rows];
  alignas(64) T top[tile_rows];  ///< the class of the first maximum, as a number: lanes of one width
  LaneSums<T> others;
};

/// Splits the rows of a tile; e receives e^(x - max).
template <class T>
inline void split_tile(const T* tile, double* e, std::size_t classes, TileSplit<T>& s) {
#pragma omp simd
  for (std::size_t i = 0; i < tile_rows; i++) {
    s.max[i] = -std::numeric_limits<T>::infinity();
    s.top[i] = 0;
  }
  s.others.clear();
  for (std::size_t j = 0; j < classes; j++) {
    const T* x = tile + j * tile_rows;
    const T index = static_cast<T>(j);
#pragma omp simd
    for (std::size_t i = 0; i < tile_rows; i++) {
      const bool larger = x[i] > s.max[i];
      s.max[i] = larger ? x[i] : s.max[i];
      s.top[i] = larger ? index : s.top[i];
    }
  }
  for (std::size_t j = 0; j < classes; j++) {
    const T* x = tile + j * tile_rows;
    double* out = e + j * tile_rows;
    const T index = static_cast<T>(j);
#pragma omp simd
    for (std::size_t i = 0; i < tile_rows; i++) {
      const double v = exp_below<T>(x[i], s.max[i]);
      const bool top = (s.top[i] == index) & (x[i] == s.max[i]);  // a NaN is not split off, and spoils the sum
      out[i] = top ? 1.0 : v;
      s.others.add(i, top ? 0.0 : v);
    }
  }
}

}  // namespace slopes
