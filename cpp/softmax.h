// softmax and log_softmax over contiguous rows, with vjp and jvp (activations/softmax.py and log_softmax.py).
//
// `out` may be x, the cotangent or the tangent itself. `stream` writes past the caches. `scratch` holds
// row_scratch(classes) doubles. Every row is computed alone, so any split of the rows gives the same bits.
#pragma once

#include "rows.h"
#include "single_softmax.h"
#include "single_tiles.h"
#include "tiles.h"

namespace slopes {

namespace detail {

/// For each tile of rows: brings it in, splits it, lets work(tile, e, split) make the results in place, writes them.
template <class T, class F>
inline void for_tiles(const T* x, T* out, std::size_t rows, std::size_t classes, double* scratch, F work) {
  T* tile = reinterpret_cast<T*>(scratch + classes * tile_rows);
  TileSplit<T> s;
  for (std::size_t r = 0; r < rows; r += tile_rows) {
    const std::size_t count = rows - r < tile_rows ? rows - r : tile_rows;
    transpose_in(x + r * classes, tile, count, classes);
    split_tile(tile, scratch, classes, s);
    work(tile, scratch, s);
    transpose_out(tile, out + r * classes, count, classes);
  }
}

/// For each long row: splits it while the row before is written by what fill_of(x, e, split) returned for that one.
template <bool KeepsExponentials, class T, class F>
inline void for_rows(const T* x, T* out, std::size_t rows, std::size_t classes, double* scratch, bool stream,
                     F fill_of) {
  PendingRow<T, decltype(fill_of(x, scratch, RowSplit{}))> pending;
  for (std::size_t r = 0; r < rows; r++, x += classes, out += classes) {
    double* e = KeepsExponentials ? scratch + r % 2 * row_stride(classes) : nullptr;
    const RowSplit s = split_row(x, e, classes, x + classes, [&] { pending.advance(); });
    pending.finish();
    pending = {out, classes, stream, fill_of(x, e, s)};
  }
  pending.finish();
  if (stream) stream_end();
}

template <class T>
struct SoftmaxFill {
  const double* e;
  Pair scale;
  void operator()(T* block, std::size_t begin, std::size_t count) const {
    const double* v = e + begin;
    const Pair f = scale;
#pragma omp simd
    for (std::size_t j = 0; j < count; j++) block[j] = static_cast<T>(scaled<T>(v[j], f));
  }
};

template <class T>
struct LogSoftmaxFill {
  const T* x;
  double max, log_norm;
  void operator()(T* block, std::size_t begin, std::size_t count) const {
    const T* v = x + begin;
    const double m = max, l = log_norm;
#pragma omp simd
    for (std::size_t j = 0; j < count; j++) block[j] = static_cast<T>(below_max(v[j], m) - l);
  }
};

inline void single_softmax(const float* x, float* out, std::size_t rows, std::size_t classes, double* scratch,
                           bool stream) {
  if (classes <= tile_classes) return single_softmax_tiles(x, out, rows, classes, scratch);
  single_long_softmax(x, out, rows, classes, scratch, stream);
}

inline void single_log_softmax(const float* x, float* out, std::size_t rows, std::size_t classes, double* scratch,
                               bool stream) {
  if (classes <= tile_classes) return single_log_softmax_tiles(x, out, rows, classes, scratch);
  PendingRow<float, LogSoftmaxFill<float>> pending;
  for (std::size_t r = 0; r < rows; r++, x += classes, out += classes) {
    const SingleSplit s = single_split(x, SingleRow{}, classes, x + classes, [&] { pending.advance(); });
    pending.finish();
    pending = {out, classes, stream, {x, s.max, log1p(s.others, Narrow{})}};
  }
  pending.finish();
  if (stream) stream_end();
}

}  // namespace detail

/// p = e^x / sum(e^x).
template <class T>
void softmax(const T* x, T* out, std::size_t rows, std::size_t classes, double* scratch, bool stream = false) {
  if constexpr (std::is_same_v<T, float>) return detail::single_softmax(x, out, rows, classes, scratch, stream);
  if (classes <= tile_classes) {
    detail::for_tiles(x, out, rows, classes, scratch, [=](T* tile, const double* e, const TileSplit<T>& s) {
      LaneSums<T> scale;
#pragma omp simd
      for (std::size_t i = 0; i < tile_rows; i++) scale.set(i, probability_of_top<T>(s.others.get(i)));
      for (std::size_t j = 0; j < classes; j++) {
        const double* v = e + j * tile_rows;
        T* t = tile + j * tile_rows;
#pragma omp simd
        for (std::size_t i = 0; i < tile_rows; i++) t[i] = static_cast<T>(scale.times(i, v[i]));
      }
    });
    return;
  }
  detail::for_rows<true>(x, out, rows, classes, scratch, stream, [](const T*, const double* e, const RowSplit& s) {
    return detail::SoftmaxFill<T>{e, probability_of_top<T>(s.others)};
  });
}

/// log p = (x - max) - log(norm).
template <class T>
void log_softmax(const T* x, T* out, std::size_t rows, std::size_t classes, double* scratch, bool stream = false) {
  if constexpr (std::is_same_v<T, float>) return detail::single_log_softmax(x, out, rows, classes, scratch, stream);
  if (classes <= tile_classes) {
    detail::for_tiles(x, out, rows, classes, scratch, [=](T* tile, const double*, const TileSplit<T>& s) {
      alignas(64) double log_norm[tile_rows];
#pragma omp simd
      for (std::size_t i = 0; i < tile_rows; i++) log_norm[i] = log_norm_of<T>(s.others.get(i));
      for (std::size_t j = 0; j < classes; j++) {
        T* t = tile + j * tile_rows;
#pragma omp simd
        for (std::size_t i = 0; i < tile_rows; i++) t[i] = static_cast<T>(below_max(t[i], s.max[i]) - log_norm[i]);
      }
    });
    return;
  }
  detail::for_rows<false>(x, out, rows, classes, scratch, stream, [](const T* row, const double*, const RowSplit& s) {
    return detail::LogSoftmaxFill<T>{row, s.max, log_norm_of<T>(s.others)};
  });
}

/// p (c - <p, c>), the vjp of softmax and, its Jacobian being symmetric, also the jvp.
/// The largest class is the origin of c, so that nothing cancels where its p is almost 1.
template <class T>
void softmax_vjp(const T* x, const T* c, T* out, std::size_t rows, std::size_t classes, double* e,
                 bool stream = false) {
  for (std::size_t r = 0; r < rows; r++, x += classes, c += classes, out += classes) {
    const RowSplit s = split_row(x, e, classes);
    const Pair scale = probability_of_top<T>(s.others);
    const double origin = c[s.top];
    const double mean =
        scaled_total<T>(sum_without(classes, s.top, [=](std::size_t j) { return e[j] * (c[j] - origin); }), scale);
    Pair centre = detail::two_sum(origin, mean);
    centre.low = low_of(centre);
    write_row(out, classes, stream, [=](T* block, std::size_t begin, std::size_t count) {
      const double* v = e + begin;
      const T* t = c + begin;
#pragma omp simd
      for (std::size_t j = 0; j < count; j++) {
        block[j] = static_cast<T>(scaled<T>(v[j], scale) * ((t[j] - centre.high) - centre.low));
      }
    });
  }
  if (stream) stream_end();
}

/// t - <p, t>, the jvp of log_softmax.
template <class T>
void log_softmax_jvp(const T* x, const T* tangent, T* out, std::size_t rows, std::size_t classes, double* e,
                     bool stream = false) {
  for (std::size_t r = 0; r < rows; r++, x += classes, tangent += classes, out += classes) {
    const RowSplit s = split_row(x, e, classes);
    const double origin = tangent[s.top];
    const double mean = scaled_total<T>(sum_without(classes, s.top, [=](std::size_t j) { return e[j] * (tangent[j] - origin); }),
                                 probability_of_top<T>(s.others));
    Pair centre = detail::two_sum(origin, mean);
    centre.low = low_of(centre);
    write_row(out, classes, stream, [=](T* block, std::size_t begin, std::size_t count) {
      const T* t = tangent + begin;
#pragma omp simd
      for (std::size_t j = 0; j < count; j++) block[j] = static_cast<T>((t[j] - centre.high) - centre.low);
    });
  }
  if (stream) stream_end();
}

/// c - p sum(c), the vjp of log_softmax; at the largest class c (1 - p) - p sum(other c).
template <class T>
void log_softmax_vjp(const T* x, const T* c, T* out, std::size_t rows, std::size_t classes, double* e,
                     bool stream = false) {
  for (std::size_t r = 0; r < rows; r++, x += classes, c += classes, out += classes) {
    const RowSplit s = split_row(x, e, classes);
    const Pair p = probability_of_top<T>(s.others);
    const double top = c[s.top];
    const double others = sum_without(classes, s.top, [=](std::size_t j) { return static_cast<double>(c[j]); });
    Pair scale = scaled<T>(p, others + top);
    scale.low = low_of(scale);
    const T at_top = static_cast<T>(scaled_total<T>((s.others.high + s.others.low) * top - others, p));
    const std::size_t at = s.top;
    write_row(out, classes, stream, [=](T* block, std::size_t begin, std::size_t count) {
      const double* v = e + begin;
      const T* t = c + begin;
#pragma omp simd
      for (std::size_t j = 0; j < count; j++) block[j] = static_cast<T>(t[j] - scaled<T>(v[j], scale));
      if (at - begin < count) block[at - begin] = at_top;
    });
  }
  if (stream) stream_end();
}

}  // namespace slopes
