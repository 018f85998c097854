// What one call asks of the kernels: which methods of which function, over which arrays.
#pragma once

#include <cstdint>

namespace kernels {

constexpr int most_axes = 8;
constexpr int most_parameters = 10;
constexpr std::int64_t block = 128;    // elements of one vectorised loop, whose length is therefore constant
constexpr std::int64_t chunk = 8192;   // elements that are added up together, whoever adds them
constexpr std::int64_t piece = 32768;  // elements that a thread takes at a time

enum class Dtype : std::uint8_t { half, single, full, boolean, brain };  // brain: bfloat16

constexpr std::int64_t size_of(Dtype dtype) {
  constexpr std::int64_t sizes[] = {2, 4, 8, 1, 2};
  return sizes[static_cast<int>(dtype)];
}

struct Operand {
  char* data = nullptr;
  std::int64_t strides[most_axes] = {};  // in bytes
  Dtype dtype = Dtype::single;
  bool swapped = false;  // its bytes are in the other order
  bool plain = false;    // a loop may read and write its elements where they are
};

// A number as two: the sum, and what rounding took from it.
struct Sum {
  double high = 0, low = 0;
};

struct Job {
  int function = 0;
  double parameters[most_parameters] = {};
  std::int64_t size = 0;
  std::int64_t shape[most_axes] = {};
  int axes = 0;
  bool wide = false;      // float64 takes part
  bool streamed = false;  // results are too large for the caches
  Operand first;      // x, or the prediction
  Operand second;     // the cotangent, or the target
  Operand results[2];
};

enum class Curved : int { value, derivative, second_derivative, vjp, value_and_derivative };

struct CurveJob : Job {
  Curved method = Curved::value;
};

struct LossJob : Job {
  bool value = false, gradient = false, hessian = false;  // what is asked for, `results` in this order
  Sum* sums = nullptr;                                    // if given, the value is added up, one Sum a chunk
  Operand weight, keep;
  double safe[2] = {};  // prediction and target in place of masked ones
  double divisor = 1;   // of the results
};

// The same source, compiled for one instruction set.
struct Kernels {
  struct Entry {
    const char* name;
    int parameters;
  };
  const char* instructions;
  int curves, losses;
  const Entry *curve, *loss;
  void (*run_curve)(const CurveJob& job, std::int64_t begin, std::int64_t end);
  void (*run_loss)(const LossJob& job, std::int64_t begin, std::int64_t end);
  void (*read_two_write_one)(const float* first, const float* second, float* result, std::int64_t count);
  const struct RowKernels* rows;
};

}  // namespace kernels
