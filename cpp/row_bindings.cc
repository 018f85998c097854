// The row kernels in slopes._kernels. Python gives them contiguous arrays of the right dtype; anything else is an error.
#include <nanobind/nanobind.h>

#include <algorithm>
#include <cstdint>
#include <cstring>
#include <stdexcept>

#include "bindings.h"
#include "dispatch.h"

namespace nb = nanobind;
using namespace nanobind::literals;
using namespace kernels;

namespace {

constexpr std::size_t streamed = std::size_t{64} << 20;  // bytes that no cache would keep

// The arrays that Python lends for one call.
class Arrays {
 public:
  Arrays() = default;
  Arrays(const Arrays&) = delete;
  Arrays& operator=(const Arrays&) = delete;
  ~Arrays() {
    for (int i = 0; i < count_; ++i) PyBuffer_Release(&lent_[i]);
  }

  // Null for None. `letters` are the formats it may have, `size` its number of elements.
  void* add(nb::handle array, const char* letters, std::size_t size, bool writable = false) {
    if (array.is_none()) return nullptr;
    const Py_buffer& buffer = borrow(array, writable);
    const char* format = buffer.format;
    if (std::strchr("@=", *format)) ++format;
    const bool known = std::strchr(letters, *format) && !format[1];
    if (!known || static_cast<std::size_t>(buffer.len / buffer.itemsize) != size) {
      throw std::invalid_argument("an array for the row kernels has the wrong dtype or size");
    }
    return buffer.buf;
  }

  // x: sets its rows and classes, and whether it is float64.
  template <class Job>
  void lead(nb::handle array, Job& job) {
    const Py_buffer& buffer = borrow(array, false);
    if (buffer.ndim < 1 || buffer.shape[buffer.ndim - 1] == 0) throw std::invalid_argument("there are no classes");
    job.wide = buffer.itemsize == sizeof(double);
    job.classes = static_cast<std::size_t>(buffer.shape[buffer.ndim - 1]);
    job.rows = static_cast<std::size_t>(buffer.len / buffer.itemsize) / job.classes;
    job.x = add(array, job.wide ? "d" : "f", job.rows * job.classes);
    job.stream = static_cast<std::size_t>(buffer.len) >= streamed;
  }

 private:
  const Py_buffer& borrow(nb::handle array, bool writable) {
    const int flags = PyBUF_C_CONTIGUOUS | PyBUF_FORMAT | (writable ? PyBUF_WRITABLE : 0);
    if (PyObject_GetBuffer(array.ptr(), &lent_[count_], flags) != 0) throw nb::python_error();
    return lent_[count_++];
  }

  Py_buffer lent_[12] = {};
  int count_ = 0;
};

void run_rows(int method, nb::handle x, nb::handle other, nb::handle out) {
  RowJob job;
  Arrays arrays;
  arrays.lead(x, job);
  const char* letter = job.wide ? "d" : "f";
  job.method = static_cast<Rowed>(method);
  job.other = arrays.add(other, letter, job.rows * job.classes);
  job.out = arrays.add(out, letter, job.rows * job.classes, true);
  const Released python(static_cast<std::int64_t>(job.rows * job.classes));
  run(*chosen, job);
}

void run_cross_entropy(nb::handle x, nb::handle index, nb::handle probability, nb::handle class_weight,
                       double label_smoothing, nb::handle weight, nb::handle keep, nb::handle value,
                       nb::handle gradient, nb::handle hessian, double divisor) {
  CrossEntropyJob job;
  Arrays arrays;
  arrays.lead(x, job);
  const char* letter = job.wide ? "d" : "f";
  const std::size_t all = job.rows * job.classes;
  job.index = static_cast<const std::int64_t*>(arrays.add(index, "lq", job.rows));
  job.probability = arrays.add(probability, letter, all);
  if (!job.index == !job.probability) throw std::invalid_argument("one of index and probability is needed");
  job.class_weight = static_cast<const double*>(arrays.add(class_weight, "d", job.classes));
  job.label_smoothing = label_smoothing;
  job.weight = static_cast<const double*>(arrays.add(weight, "d", job.rows));
  job.keep = static_cast<const std::uint8_t*>(arrays.add(keep, "?", job.rows));
  job.value = static_cast<double*>(arrays.add(value, "d", job.rows, true));
  job.gradient = arrays.add(gradient, letter, all, true);
  job.hessian = arrays.add(hessian, letter, all, true);
  job.divisor = divisor;
  if (job.index && !in_range(*chosen, job)) throw std::invalid_argument("a class index is out of range");
  const Released python(static_cast<std::int64_t>(all));
  run(*chosen, job);
}

// The short ways: for plain arrays, contiguous, aligned, of native floats and 64-bit indices. They do nothing for any
// other, whatever is wrong with it; the caller's long way finds out.

class Plain {
 public:
  Plain() = default;
  Plain(const Plain&) = delete;
  Plain& operator=(const Plain&) = delete;
  ~Plain() {
    if (buffer_.obj) PyBuffer_Release(&buffer_);
  }

  bool borrow(nb::handle array, const char* letters, bool writable) {
    const int flags = PyBUF_C_CONTIGUOUS | PyBUF_FORMAT | (writable ? PyBUF_WRITABLE : 0);
    if (PyObject_GetBuffer(array.ptr(), &buffer_, flags) != 0) {
      PyErr_Clear();
      return false;
    }
    const char* format = buffer_.format;
    const bool known = *format && std::strchr(letters, *format) && !format[1];
    return known && reinterpret_cast<std::uintptr_t>(buffer_.buf) % static_cast<std::size_t>(buffer_.itemsize) == 0;
  }

  // Whether the first `axes` axes are those of the other array, and there are no more.
  bool has_shape_of(const Plain& other, int axes) const {
    return buffer_.ndim == axes && std::equal(buffer_.shape, buffer_.shape + axes, other.buffer_.shape);
  }
  bool same_format(const Plain& other) const { return *buffer_.format == *other.buffer_.format; }
  bool apart(const Plain& other) const {
    const char *begin = static_cast<const char*>(buffer_.buf), *theirs = static_cast<const char*>(other.buffer_.buf);
    return begin + buffer_.len <= theirs || theirs + other.buffer_.len <= begin;
  }

  template <class Job>
  bool lead(Job& job) const {
    if (buffer_.ndim < 1 || buffer_.len == 0) return false;
    job.wide = *buffer_.format == 'd';
    job.classes = static_cast<std::size_t>(buffer_.shape[buffer_.ndim - 1]);
    job.rows = static_cast<std::size_t>(buffer_.len / buffer_.itemsize) / job.classes;
    job.x = buffer_.buf;
    job.stream = static_cast<std::size_t>(buffer_.len) >= streamed;
    return true;
  }
  // Results may stand in the place of their input, and nowhere else on it.
  bool may_be_result_of(const Plain& x) const {
    return has_shape_of(x, x.axes()) && same_format(x) && (data() == x.data() || apart(x));
  }
  void* data() const { return buffer_.buf; }
  int axes() const { return buffer_.ndim; }

 private:
  Py_buffer buffer_{};
};

bool plain_rows(int method, nb::handle x, nb::handle out) {
  RowJob job;
  Plain input, result;
  if (!input.borrow(x, "fd", false) || !input.lead(job)) return false;
  if (!result.borrow(out, "fd", true) || !result.may_be_result_of(input)) return false;
  job.method = static_cast<Rowed>(method);
  job.out = result.data();
  const Released python(static_cast<std::int64_t>(job.rows * job.classes));
  run(*chosen, job);
  return true;
}

// The sum of the rows' losses, or their mean's; `gradient` may be None.
nb::object plain_cross_entropy(nb::handle x, nb::handle index, double label_smoothing, bool mean, nb::handle gradient) {
  CrossEntropyJob job;
  Plain input, target, result;
  if (!input.borrow(x, "fd", false) || !input.lead(job)) return nb::none();
  if (!target.borrow(index, "lq", false) || !target.has_shape_of(input, input.axes() - 1)) return nb::none();
  if (!gradient.is_none()) {
    if (!result.borrow(gradient, "fd", true) || !result.may_be_result_of(input)) return nb::none();
    if (!result.apart(target)) return nb::none();
    job.gradient = result.data();
  }
  job.index = static_cast<const std::int64_t*>(target.data());
  job.label_smoothing = label_smoothing;
  job.summed = true;
  job.divisor = mean ? static_cast<double>(job.rows) : 1;
  double sum = 0;
  {
    const Released python(static_cast<std::int64_t>(job.rows * job.classes));
    if (!in_range(*chosen, job)) job.index = nullptr;
    if (job.index) sum = run(*chosen, job);
  }
  return job.index ? nb::object(nb::float_(sum / job.divisor)) : nb::none();
}

}  // namespace

void add_rows(nb::module_& m) {
  const auto array = [](const char* name) { return nb::arg(name).none(); };
  m.def("run_rows", &run_rows, "method"_a, "x"_a, array("other"), "out"_a);
  m.def("run_cross_entropy", &run_cross_entropy, "x"_a, array("index"), array("probability"), array("class_weight"),
        "label_smoothing"_a, array("weight"), array("keep"), array("value"), array("gradient"), array("hessian"),
        "divisor"_a);
  m.def("plain_rows", &plain_rows, "method"_a, "x"_a, "out"_a);
  m.def("plain_cross_entropy", &plain_cross_entropy, "x"_a, "index"_a, "label_smoothing"_a, "mean"_a,
        array("gradient"));
}
