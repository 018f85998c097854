// Short rows: a tile of tile_rows rows is transposed, tile[class * tile_rows + row], so that a lane of a vector is a row.
#pragma once

#include "rows.h"

namespace slopes {

/// A square of four rows and four classes, turned: four vectors of one become four of the other.
template <class T>
struct Square {
  typedef T Four __attribute__((vector_size(4 * sizeof(T))));
  Four part[4];

  [[gnu::always_inline]] inline void load(const T* x, std::size_t stride) {
#pragma GCC unroll 4
    for (int k = 0; k < 4; k++) __builtin_memcpy(&part[k], x + k * stride, sizeof(Four));
  }
  [[gnu::always_inline]] inline void turn() {
    const Four a = __builtin_shufflevector(part[0], part[1], 0, 4, 1, 5);
    const Four b = __builtin_shufflevector(part[0], part[1], 2, 6, 3, 7);
    const Four c = __builtin_shufflevector(part[2], part[3], 0, 4, 1, 5);
    const Four d = __builtin_shufflevector(part[2], part[3], 2, 6, 3, 7);
    part[0] = __builtin_shufflevector(a, c, 0, 1, 4, 5);
    part[1] = __builtin_shufflevector(a, c, 2, 3, 6, 7);
    part[2] = __builtin_shufflevector(b, d, 0, 1, 4, 5);
    part[3] = __builtin_shufflevector(b, d, 2, 3, 6, 7);
  }
  [[gnu::always_inline]] inline void store(T* x, std::size_t stride) const {
#pragma GCC unroll 4
    for (int k = 0; k < 4; k++) __builtin_memcpy(x + k * stride, &part[k], sizeof(Four));
  }
};

/// Writes to[column * to_stride + row] = from[row * from_stride + column]. What four does not divide is covered by
/// squares that overlap the ones before, or, where there is none, one by one.
template <class T>
inline void transpose(const T* from, std::size_t from_stride, std::size_t rows, std::size_t columns, T* to,
                      std::size_t to_stride) {
  if (rows < 4 || columns < 4) {
    for (std::size_t i = 0; i < rows; i++) {
      for (std::size_t j = 0; j < columns; j++) to[j * to_stride + i] = from[i * from_stride + j];
    }
    return;
  }
  for (std::size_t i = 0; i < rows; i += 4) {
    if (i > rows - 4) i = rows - 4;
    for (std::size_t j = 0; j < columns; j += 4) {
      if (j > columns - 4) j = columns - 4;
      Square<T> square;
      square.load(from + i * from_stride + j, from_stride);
      square.turn();
      square.store(to + j * to_stride + i, to_stride);
    }
  }
}

/// Transposes up to tile_rows rows into a tile; lanes without a row become 0.
template <class T>
inline void transpose_in(const T* x, T* tile, std::size_t rows, std::size_t classes) {
  if (rows < tile_rows) __builtin_memset(tile, 0, classes * tile_rows * sizeof(T));
  transpose(x, classes, rows, classes, tile, tile_rows);
}

template <class T>
inline void transpose_out(const T* tile, T* out, std::size_t rows, std::size_t classes) {
  transpose(tile, tile_rows, classes, rows, out, classes);
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
      s.max[i] = detail::select(larger, x[i], s.max[i]);  // a condition would become a masked store, which is slow
      s.top[i] = detail::select(larger, index, s.top[i]);
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
