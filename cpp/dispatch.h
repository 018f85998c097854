// From arrays to a job, and from a job to the kernels of this processor.
#pragma once

#include "job.h"
#include "row_job.h"

namespace kernels {

constexpr int most_dimensions = 64;  // NumPy's limit

// An array as Python describes it.
struct View {
  char* data = nullptr;
  int axes = 0;
  const std::int64_t* shape = nullptr;
  const std::int64_t* strides = nullptr;
  Dtype dtype = Dtype::single;
  bool swapped = false;
};

// The best kernels for this processor, or those of the named instruction set; null if there are none.
const Kernels* choose(const char* name);

// False if a job of these arrays is none for the kernels: too many axes, or results that overlap an input.
// `in_order` keeps the order of the elements, in which they are added up.
bool lay_out(Job& job, bool in_order, int count, const View* views, Operand* const* operands, int results);

void run(const Kernels& kernels, CurveJob& job);
double run(const Kernels& kernels, LossJob& job, bool summed);
void read_two_write_one(const Kernels& kernels, const float* first, const float* second, float* result, std::int64_t size);
void run(const Kernels& kernels, const RowJob& job);

// The sum of the values, if it is asked for. The class indices are in range.
double run(const Kernels& kernels, const CrossEntropyJob& job);

// Whether they are: looked up by themselves, before any result is written.
bool in_range(const Kernels& kernels, const CrossEntropyJob& job);

}  // namespace kernels
