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
                              double* scratch) {
  const std::size_t classes = job.classes, first = begin * classes;
  slopes::Target<T> target;
  target.index = from_row<const std::int64_t>(job.index, begin);
  target.probability = from_row<const T>(job.probability, first);
  target.class_weight = job.class_weight;
  target.label_smoothing = job.label_smoothing;
  target.weight = from_row<const double>(job.weight, begin);
  target.keep = from_row<const std::uint8_t>(job.keep, begin);
  slopes::Result<T> result;
  result.value = from_row<double>(job.value, begin);
  result.gradient = from_row<T>(job.gradient, first);
  result.hessian = from_row<T>(job.hessian, first);
  result.divisor = job.divisor;
  result.stream = job.stream;
  slopes::cross_entropy(from_row<const T>(job.x, first), target, end - begin, classes, result, scratch);
}
