// A stretch of the rows of a job, from row `begin` to row `end`.
#pragma once

template <class T>
inline T* from_row(const void* array, std::size_t row) {
  return array ? static_cast<T*>(const_cast<void*>(array)) + row : nullptr;
}

template <class T>
inline void run_rows(const kernels::RowJob& job, std::size_t begin, std::size_t end, double* scratch) {
  using kernels::Rowed;
  const std::size_t rows = end - begin, classes = job.classes, first = begin * classes;
  const T *x = from_row<const T>(job.x, first), *other = from_row<const T>(job.other, first);
  T* out = from_row<T>(job.out, first);
  switch (job.method) {
    case Rowed::softmax:
      return slopes::softmax(x, out, rows, classes, scratch, job.stream);
    case Rowed::softmax_vjp:
      return slopes::softmax_vjp(x, other, out, rows, classes, scratch, job.stream);
    case Rowed::log_softmax:
      return slopes::log_softmax(x, out, rows, classes, scratch, job.stream);
    case Rowed::log_softmax_vjp:
      return slopes::log_softmax_vjp(x, other, out, rows, classes, scratch, job.stream);
    case Rowed::log_softmax_jvp:
      return slopes::log_softmax_jvp(x, other, out, rows, classes, scratch, job.stream);
  }
}

template <class T>
inline void run_cross_entropy(const kernels::CrossEntropyJob& job, std::size_t begin, std::size_t end,
                              double* scratch, double* value) {
  const std::size_t classes = job.classes, first = begin * classes;
  slopes::Target<T> target;
  target.index = from_row<const std::int64_t>(job.index, begin);
  target.probability = from_row<const T>(job.probability, first);
  target.class_weight = job.class_weight;
  target.label_smoothing = job.label_smoothing;
  target.weight = from_row<const double>(job.weight, begin);
  target.keep = from_row<const std::uint8_t>(job.keep, begin);
  slopes::Result<T> result;
  result.value = value;
  result.gradient = from_row<T>(job.gradient, first);
  result.hessian = from_row<T>(job.hessian, first);
  result.divisor = job.divisor;
  result.stream = job.stream;
  slopes::cross_entropy(from_row<const T>(job.x, first), target, end - begin, classes, result, scratch);
}

// The sum and what rounding took from it, in lanes of fixed number.
inline kernels::Sum sum_of(const double* x, std::size_t n) {
  constexpr std::size_t lanes = 32;
  double high[lanes] = {}, low[lanes] = {};
  const auto add = [&](std::size_t j, double v) {
    const slopes::detail::Pair sum = slopes::detail::two_sum(high[j], v);
    high[j] = sum.high;
    low[j] += sum.low;
  };
  std::size_t i = 0;
  for (; i + lanes <= n; i += lanes) {
#pragma omp simd
    for (std::size_t j = 0; j < lanes; j++) add(j, x[i + j]);
  }
  for (std::size_t j = 0; i + j < n; j++) add(j, x[i + j]);
  for (std::size_t j = 1; j < lanes; j++) {
    add(0, high[j]);
    low[0] += low[j];
  }
  return {high[0], low[0]};
}

// A negative index is a very large one without its sign.
inline bool in_range(const kernels::CrossEntropyJob& job, std::size_t begin, std::size_t end) {
  const std::int64_t* index = job.index + begin;
  const std::uint8_t* keep = from_row<const std::uint8_t>(job.keep, begin);
  const std::uint64_t classes = job.classes;
  const std::size_t rows = end - begin;
  std::uint64_t outside = 0;
  if (keep) {
#pragma omp simd reduction(| : outside)
    for (std::size_t i = 0; i < rows; i++) {
      outside |= static_cast<std::uint64_t>(static_cast<std::uint64_t>(index[i]) >= classes) & keep[i];
    }
  } else {
#pragma omp simd reduction(| : outside)
    for (std::size_t i = 0; i < rows; i++) outside |= static_cast<std::uint64_t>(index[i]) >= classes;
  }
  return outside == 0;
}
