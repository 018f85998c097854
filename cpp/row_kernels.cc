// The functions of rows for one instruction set, whose name the build gives as SLOPES_ISA; see kernels.cc.
#include <bit>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <type_traits>

#if defined(__SSE2__)
#include <immintrin.h>
#endif

#include "row_job.h"

namespace SLOPES_ISA {

#include "cross_entropy.h"
#include "softmax.h"

#include "row_runs.h"

namespace {

void run_row_job(const kernels::RowJob& job, std::size_t begin, std::size_t end, double* scratch) {
  if (job.wide) {
    run_rows<double>(job, begin, end, scratch);
  } else {
    run_rows<float>(job, begin, end, scratch);
  }
}

void run_cross_entropy_job(const kernels::CrossEntropyJob& job, std::size_t begin, std::size_t end, double* scratch,
                           double* value) {
  if (job.wide) {
    run_cross_entropy<double>(job, begin, end, scratch, value);
  } else {
    run_cross_entropy<float>(job, begin, end, scratch, value);
  }
}

std::size_t scratch_of(std::size_t classes) { return slopes::row_scratch(classes); }

}  // namespace

extern const kernels::RowKernels rows;
const kernels::RowKernels rows = {slopes::tile_rows, scratch_of, run_row_job, run_cross_entropy_job, sum_of, in_range};

}  // namespace SLOPES_ISA
