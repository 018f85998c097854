// The module slopes._kernels. The callers are in src/slopes/backends/kernels.py.
#include <nanobind/nanobind.h>
#include <nanobind/stl/optional.h>
#include <nanobind/stl/pair.h>
#include <nanobind/stl/string.h>

#include <bit>
#include <cstring>
#include <optional>
#include <string>
#include <utility>

#include "bindings.h"
#include "dispatch.h"
#include "threads.h"

namespace nb = nanobind;
using namespace nanobind::literals;
using namespace kernels;

const Kernels* chosen = nullptr;

void read_parameters(nb::handle given, Job& job) {
  const Py_ssize_t count = PyTuple_Size(given.ptr());
  for (Py_ssize_t i = 0; i < count && i < most_parameters; ++i) {
    job.parameters[i] = nb::cast<double>(nb::handle(PyTuple_GetItem(given.ptr(), i)));
  }
}

void read_asked(int asked, LossJob& job) {
  job.value = asked & 1;
  job.gradient = asked & 2;
  job.hessian = asked & 4;
}

namespace {

// What Python lends of an array, until the call is over.
class Lent {
 public:
  Lent() = default;
  Lent(const Lent&) = delete;
  Lent& operator=(const Lent&) = delete;
  ~Lent() {
    if (buffer_.obj) PyBuffer_Release(&buffer_);
  }

  // False for an array of a kind that the kernels do not know.
  bool borrow(nb::handle array, bool writable, View& view) {
    const int flags = PyBUF_STRIDES | PyBUF_FORMAT | (writable ? PyBUF_WRITABLE : 0);
    if (PyObject_GetBuffer(array.ptr(), &buffer_, flags) != 0) {
      PyErr_Clear();
      return false;
    }
    static_assert(sizeof(Py_ssize_t) == sizeof(std::int64_t), "64-bit processors only");
    view.data = static_cast<char*>(buffer_.buf);
    view.axes = buffer_.ndim;
    view.shape = reinterpret_cast<const std::int64_t*>(buffer_.shape);
    view.strides = reinterpret_cast<const std::int64_t*>(buffer_.strides);
    return view.axes <= most_dimensions && read_format(buffer_.format, view);
  }

 private:
  static bool read_format(const char* format, View& view) {
    constexpr bool little = std::endian::native == std::endian::little;
    view.swapped = *format == (little ? '>' : '<') || (little && *format == '!');
    if (*format && std::strchr("@=<>!^", *format)) ++format;
    constexpr char letters[] = "efd?H";  // NumPy lends no bfloat16; Python shows its bits as unsigned integers
    const char* letter = *format ? std::strchr(letters, *format) : nullptr;
    if (!letter || format[1]) return false;
    view.dtype = static_cast<Dtype>(letter - letters);
    return true;
  }

  Py_buffer buffer_{};
};

// The arrays of one call: inputs first, then results.
class Arrays {
 public:
  bool add(nb::handle array, Operand& operand, bool result = false) {
    if (array.is_none()) return true;
    if (!lent_[count_].borrow(array, result, views_[count_])) return false;
    wide |= views_[count_].dtype == Dtype::full;
    operands_[count_++] = &operand;
    results_ += result;
    return true;
  }

  bool lay_out(Job& job, bool in_order) {
    job.wide = wide;
    return kernels::lay_out(job, in_order, count_, views_, operands_, results_);
  }

  bool wide = false;

 private:
  static constexpr int most = 6;
  Lent lent_[most];
  View views_[most];
  Operand* operands_[most];
  int count_ = 0, results_ = 0;
};

bool run_curve(int function, int method, nb::handle parameters, nb::handle x, nb::handle cotangent, nb::handle y,
               nb::handle dy) {
  CurveJob job;
  job.function = function;
  job.method = static_cast<Curved>(method);
  read_parameters(parameters, job);
  Arrays arrays;
  const bool known = arrays.add(x, job.first) && arrays.add(cotangent, job.second) &&
                     arrays.add(y, job.results[0], true) && arrays.add(dy, job.results[1], true);
  if (!known || !arrays.lay_out(job, false)) return false;
  if (job.size) {
    const Released python(job.size);
    run(*chosen, job);
  }
  return true;
}

nb::object run_loss(int function, int asked, bool summed, nb::handle parameters, std::pair<double, double> safe,
                    double divisor, nb::handle p, nb::handle t, nb::handle weight, nb::handle keep, nb::handle first,
                    nb::handle second) {
  LossJob job;
  job.function = function;
  read_asked(asked, job);
  job.safe[0] = safe.first;
  job.safe[1] = safe.second;
  job.divisor = divisor;
  read_parameters(parameters, job);
  Arrays arrays;
  const bool known = arrays.add(p, job.first) && arrays.add(t, job.second);
  job.wide = arrays.wide;
  bool rest = known && arrays.add(weight, job.weight) && arrays.add(keep, job.keep);
  arrays.wide = job.wide;  // a weight is read as a double in any case
  rest = rest && arrays.add(first, job.results[0], true) && arrays.add(second, job.results[1], true);
  if (!rest || !arrays.lay_out(job, summed)) return nb::none();
  double total = 0;
  if (job.size) {
    const Released python(job.size);
    total = run(*chosen, job, summed);
  }
  return nb::float_(total);
}

nb::dict table(int count, const Kernels::Entry* entries) {
  nb::dict names;
  for (int i = 0; i < count; ++i) names[entries[i].name] = nb::make_tuple(i, entries[i].parameters);
  return names;
}

}  // namespace

NB_MODULE(_kernels, m) {
  m.def("choose", [](std::optional<std::string> name) {
    chosen = choose(name ? name->c_str() : nullptr);
    return chosen != nullptr;
  }, nb::arg("name").none());
  m.def("instructions", [] { return std::string(chosen->instructions); });
  m.def("curves", [] { return table(chosen->curves, chosen->curve); });
  m.def("losses", [] { return table(chosen->losses, chosen->loss); });
  const auto array = [](const char* name) { return nb::arg(name).none(); };
  m.def("run_curve", &run_curve, "function"_a, "method"_a, "parameters"_a, "x"_a, array("cotangent"), "y"_a,
        array("dy"));
  m.def("run_loss", &run_loss, "function"_a, "asked"_a, "summed"_a, "parameters"_a, "safe"_a, "divisor"_a,
        "prediction"_a, "target"_a, array("weight"), array("keep"), array("first"), array("second"));
  add_rows(m);
  add_calls(m);
  m.def("thread_count", &thread_count);
  m.def("set_thread_count", &set_thread_count, "count"_a);
}
