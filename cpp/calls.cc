// Calls on plain arrays: from the arguments to the result in one step, checks included.
//
// A function made here is one method of a configured activation or loss, bound to all that is the same at every call. It
// returns None for whatever is not plain, or is wrong in any way: then Python goes the long way (src/slopes/api), which
// computes it or says what is wrong. Both ways end in the same loops.
#define NPY_NO_DEPRECATED_API NPY_1_25_API_VERSION
#include <nanobind/nanobind.h>
#include <nanobind/stl/pair.h>
#include <numpy/arrayobject.h>

#include <memory>
#include <utility>

#include "bindings.h"
#include "dispatch.h"
#include "memory.h"
#include "ranges.h"

namespace nb = nanobind;
using namespace nanobind::literals;
using namespace kernels;

namespace {

PyObject *mean, *sum, *none;  // the words for a reduction, as the interpreter keeps them

// An array of native floats, aligned, whose elements lie in C order without gaps.
struct Plain {
  PyArrayObject* array = nullptr;
  Dtype dtype = Dtype::single;

  bool borrow(PyObject* given) {
    if (!PyArray_CheckExact(given)) return false;
    array = reinterpret_cast<PyArrayObject*>(given);
    const int type = PyArray_TYPE(array);
    dtype = type == NPY_HALF ? Dtype::half : type == NPY_FLOAT ? Dtype::single : Dtype::full;
    return (type == NPY_HALF || type == NPY_FLOAT || type == NPY_DOUBLE) && PyArray_ISCARRAY_RO(array);
  }

  char* data() const { return PyArray_BYTES(array); }
  std::int64_t size() const { return PyArray_SIZE(array); }

  bool is_like(const Plain& other) const {
    return dtype == other.dtype && PyArray_SAMESHAPE(array, other.array);
  }
  bool overlaps(const Plain& other) const {
    return data() < other.data() + other.size() * size_of(other.dtype) &&
           other.data() < data() + size() * size_of(dtype);
  }

  void enter(Operand& operand) const {
    operand.data = data();
    operand.strides[0] = size_of(dtype);
    operand.dtype = dtype;
    operand.plain = dtype != Dtype::half;
  }
};

// An array over memory that is kept for another one when nobody needs it any more; null, without an error, if there is none.
PyObject* on_kept_memory(const Plain& like, std::int64_t bytes) {
  Memory* const memory = take_memory(bytes);
  if (!memory) return nullptr;
  const auto give = [](PyObject* held) { give_memory(static_cast<Memory*>(PyCapsule_GetPointer(held, nullptr))); };
  PyObject* const owner = PyCapsule_New(memory, nullptr, give);
  if (!owner) {
    PyErr_Clear();
    give_memory(memory);
    return nullptr;
  }
  PyArray_Descr* const dtype = PyArray_DescrFromType(PyArray_TYPE(like.array));
  PyObject* const array = PyArray_NewFromDescr(&PyArray_Type, dtype, PyArray_NDIM(like.array), PyArray_DIMS(like.array),
                                               nullptr, memory->data, NPY_ARRAY_CARRAY, nullptr);
  if (!array) {
    PyErr_Clear();
    Py_DECREF(owner);
    return nullptr;
  }
  PyArray_SetBaseObject(reinterpret_cast<PyArrayObject*>(array), owner);
  return array;
}

// The one place where results are made that the caller gave no array for.
PyObject* fresh(const Plain& like) {
  constexpr std::int64_t large = std::int64_t{4} << 20;  // of less, malloc keeps what is freed
  const std::int64_t bytes = like.size() * size_of(like.dtype);
  PyObject* const kept = bytes < large ? nullptr : on_kept_memory(like, bytes);
  return kept ? kept : PyArray_NewLikeArray(like.array, NPY_KEEPORDER, nullptr, 0);
}

// A result: the array that the caller gave, or a fresh one.
class Result {
 public:
  Result() = default;
  Result(const Result&) = delete;
  Result& operator=(const Result&) = delete;
  ~Result() { Py_XDECREF(object_); }

  // False if the array that was given will not do, or memory is exhausted; then an error is set.
  bool make(PyObject* out, const Plain& like, Operand& operand) {
    if (out == Py_None) {
      object_ = fresh(like);
      if (!object_) return false;
      plain_ = {reinterpret_cast<PyArrayObject*>(object_), like.dtype};
    } else {
      if (!plain_.borrow(out) || !plain_.is_like(like) || !PyArray_ISWRITEABLE(plain_.array)) return false;
      Py_INCREF(out);
      object_ = out;
    }
    plain_.enter(operand);
    return true;
  }

  // Elements may be overwritten where they lie, but not where another one has yet to be read.
  bool is_clear_of(const Plain& input) const { return plain_.data() == input.data() || !plain_.overlaps(input); }
  bool is_apart_from(const Result& other) const { return !plain_.overlaps(other.plain_); }

  PyObject* release() { return std::exchange(object_, nullptr); }

 private:
  PyObject* object_ = nullptr;
  Plain plain_;
};

PyObject* refuse() {
  if (PyErr_Occurred()) return nullptr;
  Py_RETURN_NONE;
}

PyObject* pair(PyObject* first, PyObject* second) {
  PyObject* const both = first && second ? PyTuple_Pack(2, first, second) : nullptr;
  Py_XDECREF(first);
  Py_XDECREF(second);
  return both;
}

void begin(Job& job, const Plain& lead) {
  job.size = job.shape[0] = lead.size();
  job.axes = 1;
  job.wide = lead.dtype == Dtype::full;
  lead.enter(job.first);
}

template <class Bound>
const Bound& bound(PyObject* self) {
  return *static_cast<const Bound*>(PyCapsule_GetPointer(self, nullptr));
}

template <class Bound>
nb::object bind(PyMethodDef& method, const Bound& what) {
  const nb::capsule self(new Bound(what), [](void* held) noexcept { delete static_cast<Bound*>(held); });
  return nb::steal(PyCFunction_New(&method, self.ptr()));
}

// (x, cotangent, out), as activations are called; `out` is a pair for value and derivative.
PyObject* call_curve(PyObject* self, PyObject* const* given, Py_ssize_t count) {
  Plain x, cotangent;
  if (!chosen || count != 3 || !x.borrow(given[0])) Py_RETURN_NONE;
  CurveJob job = bound<CurveJob>(self);
  begin(job, x);
  const bool product = job.method == Curved::vjp, both = job.method == Curved::value_and_derivative;
  if (product) {
    if (!cotangent.borrow(given[1]) || !cotangent.is_like(x)) Py_RETURN_NONE;
    cotangent.enter(job.second);
  }
  PyObject *out = given[2], *out_too = Py_None;
  if (both && out != Py_None) {
    if (!PyTuple_CheckExact(out) || PyTuple_Size(out) != 2) Py_RETURN_NONE;
    out_too = PyTuple_GetItem(out, 1);
    out = PyTuple_GetItem(out, 0);
  }
  Result y, dy;
  if (!y.make(out, x, job.results[0]) || !y.is_clear_of(x) || (product && !y.is_clear_of(cotangent))) return refuse();
  if (both && (!dy.make(out_too, x, job.results[1]) || !dy.is_clear_of(x) || !dy.is_apart_from(y))) return refuse();
  if (job.size) {
    const Released python(job.size);
    run(*chosen, job);
  }
  return both ? pair(y.release(), dy.release()) : y.release();
}

struct BoundLoss {
  LossJob job;
  Range predictions, targets;
};

PyObject* scalar(double value, const Plain& like) {
  float single = static_cast<float>(value);
  void* const data = like.dtype == Dtype::full ? static_cast<void*>(&value) : &single;
  return PyArray_Scalar(data, PyArray_DESCR(like.array), nullptr);
}

// (prediction, target, reduction, out), as losses are called without weight and mask. Results come in the order value,
// gradient, Hessian; `out` is for the last of them.
PyObject* call_loss(PyObject* self, PyObject* const* given, Py_ssize_t count) {
  Plain p, t;
  if (!chosen || count != 4 || !p.borrow(given[0]) || !t.borrow(given[1]) || !t.is_like(p)) Py_RETURN_NONE;
  if (p.dtype == Dtype::half || p.size() == 0) Py_RETURN_NONE;
  PyObject *const reduction = given[2], *const out = given[3];
  if (reduction != mean && reduction != sum && reduction != none) Py_RETURN_NONE;
  const BoundLoss& loss = bound<BoundLoss>(self);
  LossJob job = loss.job;
  begin(job, p);
  t.enter(job.second);
  job.divisor = reduction == mean ? static_cast<double>(job.size) : 1.0;
  const bool summed = job.value && reduction != none;
  const int arrays = job.value + job.gradient + job.hessian - summed;
  if (arrays == 0 && out != Py_None) Py_RETURN_NONE;
  Result first, second;
  if (arrays > 0) {
    Result& last = arrays == 2 ? second : first;
    if (arrays == 2 && !first.make(Py_None, p, job.results[0])) return refuse();
    if (!last.make(out, p, job.results[arrays - 1]) || !last.is_clear_of(p) || !last.is_clear_of(t)) return refuse();
  }
  double total = 0;
  bool allowed;
  {
    const Released python(job.size);
    allowed = within(job.second, job.size, job.wide, loss.targets) && within(job.first, job.size, job.wide, loss.predictions);
    if (allowed) total = run(*chosen, job, summed);
  }
  if (!allowed) Py_RETURN_NONE;
  if (arrays == 0) return scalar(total / job.divisor, p);
  if (summed) return pair(scalar(total / job.divisor, p), first.release());
  return arrays == 2 ? pair(first.release(), second.release()) : first.release();
}

PyCFunction as_function(PyObject* (*fast)(PyObject*, PyObject* const*, Py_ssize_t)) {
  return reinterpret_cast<PyCFunction>(reinterpret_cast<void (*)()>(fast));
}

nb::object bind_curve(int function, int method, nb::handle parameters) {
  static PyMethodDef definition{"curve", as_function(call_curve), METH_FASTCALL, nullptr};
  CurveJob job;
  job.function = function;
  job.method = static_cast<Curved>(method);
  read_parameters(parameters, job);
  return bind(definition, job);
}

using Bounds = std::pair<double, double>;

nb::object bind_loss(int function, int asked, nb::handle parameters, Bounds predictions, Bounds targets, bool strict,
                     bool ends) {
  static PyMethodDef definition{"loss", as_function(call_loss), METH_FASTCALL, nullptr};
  BoundLoss loss{{}, {predictions.first, predictions.second, strict, false}, {targets.first, targets.second, strict, ends}};
  loss.job.function = function;
  read_asked(asked, loss.job);
  read_parameters(parameters, loss.job);
  return bind(definition, loss);
}

// A fresh array like a plain one; None for any other.
nb::object fresh_like(nb::handle given) {
  Plain like;
  return like.borrow(given.ptr()) ? nb::steal(fresh(like)) : nb::none();
}

bool read_two_write_one_of(nb::handle first, nb::handle second, nb::handle result) {
  Plain a, b, c;
  const bool plain = a.borrow(first.ptr()) && b.borrow(second.ptr()) && c.borrow(result.ptr());
  if (!plain || a.dtype != Dtype::single || !b.is_like(a) || !c.is_like(a)) return false;
  const Released python(a.size());
  read_two_write_one(*chosen, reinterpret_cast<float*>(a.data()), reinterpret_cast<float*>(b.data()),
                     reinterpret_cast<float*>(c.data()), a.size());
  return true;
}

}  // namespace

void add_calls(nb::module_& m) {
  if (_import_array() < 0) nb::raise_python_error();
  mean = PyUnicode_InternFromString("mean");
  sum = PyUnicode_InternFromString("sum");
  none = PyUnicode_InternFromString("none");
  m.def("bind_curve", &bind_curve, "function"_a, "method"_a, "parameters"_a);
  m.def("bind_loss", &bind_loss, "function"_a, "asked"_a, "parameters"_a, "predictions"_a, "targets"_a, "strict"_a,
        "ends"_a);
  m.def("fresh_like", &fresh_like, "array"_a);
  m.def("set_memory_kept", &set_memory_kept, "most"_a);
  m.def("read_two_write_one", &read_two_write_one_of, "first"_a, "second"_a, "result"_a);
}
