// What one call asks of the row kernels. Rows are contiguous; class indices have been checked.
#pragma once

#include <cstddef>
#include <cstdint>

#include "job.h"

namespace kernels {

enum class Rowed : int { softmax, softmax_vjp, log_softmax, log_softmax_vjp, log_softmax_jvp };

struct RowJob {
  Rowed method = Rowed::softmax;
  bool wide = false;             // float64, not float32
  const void* x = nullptr;
  const void* other = nullptr;   // the cotangent or tangent
  void* out = nullptr;
  std::size_t rows = 0, classes = 0;
  bool stream = false;
};

// Pointers may be null but for x, and one of index and probability. Where `summed`, the values are added up and `value` is
// not looked at.
struct CrossEntropyJob {
  bool wide = false;
  const void* x = nullptr;
  const std::int64_t* index = nullptr;   // [rows]
  const void* probability = nullptr;     // [rows * classes]
  const double* class_weight = nullptr;  // [classes]
  double label_smoothing = 0;
  const double* weight = nullptr;      // [rows]
  const std::uint8_t* keep = nullptr;  // [rows]
  bool summed = false;
  double* value = nullptr;             // [rows]
  void* gradient = nullptr;            // [rows * classes]
  void* hessian = nullptr;             // [rows * classes]
  double divisor = 1;                  // of gradient and Hessian
  std::size_t rows = 0, classes = 0;
  bool stream = false;
};

struct RowKernels {
  std::size_t tile;                         // rows that are best not parted
  std::size_t (*scratch)(std::size_t classes);  // doubles that a thread needs
  void (*run_rows)(const RowJob& job, std::size_t begin, std::size_t end, double* scratch);
  // `value` is where the values of these rows go; null if they are not wanted
  void (*run_cross_entropy)(const CrossEntropyJob& job, std::size_t begin, std::size_t end, double* scratch,
                            double* value);
  Sum (*sum)(const double* values, std::size_t count);
  // whether all class indices of these rows are in range, but for rows that are not kept
  bool (*in_range)(const CrossEntropyJob& job, std::size_t begin, std::size_t end);
};

}  // namespace kernels
