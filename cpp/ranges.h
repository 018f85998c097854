// Which values an argument may have.
#pragma once

#include "job.h"

namespace kernels {

struct Range {
  double low, high;
  bool strict;  // finite bounds are excluded
  bool ends;    // nothing but the bounds is allowed
};

// Whether all elements lie in a range; a NaN passes, on its way to the result. `array` is plain, and holds float64 if `wide`.
bool within(const Operand& array, std::int64_t size, bool wide, const Range& range);

}  // namespace kernels
