// Cross-entropy of rows of logits (losses/cross_entropy.py): value, gradient and diagonal of the Hessian, in any
// combination in one go.
#pragma once

#include "cross_entropy_rows.h"
#include "cross_entropy_single.h"
#include "cross_entropy_tiles.h"

namespace slopes {

/// Cross-entropy of each row; `scratch` holds row_scratch(classes) doubles.
template <class T>
void cross_entropy(const T* x, const Target<T>& target, std::size_t rows, std::size_t classes, const Result<T>& out,
                   double* scratch) {
  if constexpr (std::is_same_v<T, float>) {
    if (detail::single_serves(target, out)) return detail::single_cross_entropy(x, target, rows, classes, out, scratch);
  }
  if (classes <= tile_classes) {
    detail::short_rows(x, target, rows, classes, out, scratch);
  } else if (target.class_weight) {
    detail::long_rows<true>(x, target, rows, classes, out, scratch);
  } else {
    detail::long_rows<false>(x, target, rows, classes, out, scratch);
  }
}

}  // namespace slopes
