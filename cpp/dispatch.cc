#include "dispatch.h"

#include <atomic>
#include <cmath>
#include <cstring>
#include <memory>
#include <new>

#include "threads.h"

#define SLOPES_DECLARE(name) \
  namespace name {           \
  extern const kernels::Kernels all; \
  }
#if defined(SLOPES_X86)
SLOPES_DECLARE(v2)
SLOPES_DECLARE(v3)
SLOPES_DECLARE(v4)
#else
SLOPES_DECLARE(baseline)
#endif

namespace kernels {
namespace {

constexpr std::int64_t large = 65536;  // fewer elements are done before another thread has woken

// Doubles at the start of a cache line.
class Scratch {
 public:
  explicit Scratch(std::size_t doubles)
      : data_(static_cast<double*>(::operator new(doubles * sizeof(double), line))) {}
  Scratch(const Scratch&) = delete;
  Scratch& operator=(const Scratch&) = delete;
  ~Scratch() { ::operator delete(data_, line); }
  double* data() const { return data_; }

 private:
  static constexpr std::align_val_t line{64};
  double* data_;
};

struct Extent {
  const char *begin, *end;
};

Extent extent(const View& view) {
  Extent all{view.data, view.data + size_of(view.dtype)};
  for (int axis = 0; axis < view.axes; ++axis) {
    const std::int64_t reach = (view.shape[axis] - 1) * view.strides[axis];
    (reach < 0 ? all.begin : all.end) += reach;
  }
  return all;
}

bool same_place(const View& a, const View& b) {
  bool same = a.data == b.data && a.dtype == b.dtype && a.axes == b.axes;
  for (int axis = 0; same && axis < a.axes; ++axis) same = a.shape[axis] == 1 || a.strides[axis] == b.strides[axis];
  return same;
}

// Elements may be overwritten where they lie, but not where another one has yet to be read.
bool overlap(const View& a, const View& b) {
  const Extent first = extent(a), second = extent(b);
  return first.begin < second.end && second.begin < first.end;
}

bool same_shape(const View& a, const View& b) {
  bool same = a.axes == b.axes;
  for (int axis = 0; same && axis < a.axes; ++axis) same = a.shape[axis] == b.shape[axis];
  return same;
}

bool overlaps_itself(const View& view) {
  for (int axis = 0; axis < view.axes; ++axis) {
    if (view.shape[axis] > 1 && view.strides[axis] == 0) return true;
  }
  return false;
}

// Axes from the longest stride of `of` to the shortest.
void sort_axes(int axes, const View& of, int* order) {
  for (int i = 1; i < axes; ++i) {
    for (int j = i; j > 0; --j) {
      if (std::llabs(of.strides[order[j - 1]]) >= std::llabs(of.strides[order[j]])) break;
      const int other = order[j];
      order[j] = order[j - 1];
      order[j - 1] = other;
    }
  }
}

// A result of this many bytes leaves nothing else in any cache, and will itself be gone before it is read.
constexpr std::int64_t beyond_caches = std::int64_t{32} << 20;

// In place, its lines are in the caches already.
bool goes_past_caches(const Job& job) {
  const Operand& result = job.results[0];
  const bool in_place = result.data == job.first.data || result.data == job.second.data;
  return result.data && !in_place && job.size * size_of(result.dtype) >= beyond_caches;
}

// Runs pieces of a job; fixed boundaries, so that no result depends on the number of threads.
template <class Stretch>
void in_pieces(std::int64_t size, Stretch stretch) {
  if (size < large) {
    stretch(0, size);
    return;
  }
  parallel_for((size + piece - 1) / piece, [&](std::int64_t i) {
    const std::int64_t begin = i * piece, end = begin + piece;
    stretch(begin, end < size ? end : size);
  });
}

// Rows that are worked on together: whole tiles, and of long rows a few, because each is written while the next one is
// computed. It depends on the array's shape only, and with it the order in which values are added up.
std::size_t stretch_of(const RowKernels& kernels, std::size_t rows, std::size_t classes) {
  if (rows * classes < static_cast<std::size_t>(large)) return rows;
  constexpr std::size_t few = 8, parts = 16;
  const std::size_t fitting = static_cast<std::size_t>(piece) / classes;
  if (fitting >= kernels.tile) return fitting / kernels.tile * kernels.tile;
  const std::size_t least = rows / parts < few ? rows / parts : few;
  return fitting > least ? fitting : least > 1 ? least : 1;
}

// Calls task(stretch, begin, end, scratch) for all stretches of rows. No row depends on another.
template <class Task>
void in_rows(const RowKernels& kernels, std::size_t rows, std::size_t classes, bool values, Task task) {
  if (rows == 0) return;
  const std::size_t step = stretch_of(kernels, rows, classes);
  const std::size_t doubles = kernels.scratch(classes) + (values ? step : 0);
  parallel_for(static_cast<std::int64_t>((rows + step - 1) / step), [&](std::int64_t i) {
    const std::size_t begin = static_cast<std::size_t>(i) * step, end = begin + step;
    const Scratch scratch(doubles);
    task(i, begin, end < rows ? end : rows, scratch.data());
  });
}

double total(const Sum* sums, std::int64_t count) {
  Sum all;
  for (std::int64_t i = 0; i < count; ++i) {
    const double x = sums[i].high, sum = all.high + x, back = sum - all.high;
    all.low += ((all.high - (sum - back)) + (x - back)) + sums[i].low;
    all.high = sum;
  }
  return std::isfinite(all.low) ? all.high + all.low : all.high;
}

}  // namespace

const Kernels* choose(const char* name) {
#if defined(SLOPES_X86)
  __builtin_cpu_init();
  const bool has_v2 = __builtin_cpu_supports("sse4.2") && __builtin_cpu_supports("popcnt");
  const bool has_v3 = has_v2 && __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma") &&
                      __builtin_cpu_supports("bmi2");
  const bool has_v4 = has_v3 && __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw") &&
                      __builtin_cpu_supports("avx512cd") && __builtin_cpu_supports("avx512dq") &&
                      __builtin_cpu_supports("avx512vl");
  const Kernels* const there[] = {has_v4 ? &v4::all : nullptr, has_v3 ? &v3::all : nullptr, has_v2 ? &v2::all : nullptr};
#else
  const Kernels* const there[] = {&baseline::all};
#endif
  for (const Kernels* one : there) {
    if (one && (!name || std::strcmp(name, one->instructions) == 0)) return one;
  }
  return nullptr;
}

bool lay_out(Job& job, bool in_order, int count, const View* views, Operand* const* operands, int results) {
  const View& lead = views[0];
  int order[most_dimensions], axes = 0;
  job.size = 1;
  for (int axis = 0; axis < lead.axes; ++axis) {
    job.size *= lead.shape[axis];
    if (lead.shape[axis] != 1) order[axes++] = axis;
  }
  for (int i = 1; i < count; ++i) {
    if (!same_shape(lead, views[i])) return false;
  }
  if (job.size == 0) return true;
  for (int r = count - results; r < count; ++r) {
    if (overlaps_itself(views[r])) return false;
    for (int i = 0; i < r; ++i) {
      const bool in_place = i < count - results && same_place(views[i], views[r]);
      if (!in_place && overlap(views[i], views[r])) return false;
    }
  }
  if (!in_order) sort_axes(axes, results ? views[count - 1] : lead, order);
  job.axes = 0;
  for (int k = 0; k < axes; ++k) {
    const std::int64_t length = lead.shape[order[k]];
    bool continues = k > 0;
    for (int i = 0; continues && i < count; ++i) {
      continues = operands[i]->strides[job.axes - 1] == length * views[i].strides[order[k]];
    }
    if (!continues && job.axes == most_axes) return false;
    const int at = continues ? job.axes - 1 : job.axes++;
    job.shape[at] = continues ? job.shape[at] * length : length;
    for (int i = 0; i < count; ++i) operands[i]->strides[at] = views[i].strides[order[k]];
  }
  if (job.axes == 0) job.shape[job.axes++] = 1;
  const Dtype computed = job.wide ? Dtype::full : Dtype::single;
  for (int i = 0; i < count; ++i) {
    Operand& operand = *operands[i];
    operand.data = views[i].data;
    operand.dtype = views[i].dtype;
    operand.swapped = views[i].swapped;
    const std::int64_t item = size_of(operand.dtype);
    const bool aligned = reinterpret_cast<std::uintptr_t>(operand.data) % item == 0;
    const bool contiguous = job.axes == 1 && (operand.strides[0] == item || job.size == 1);
    operand.plain = operand.dtype == computed && !operand.swapped && aligned && contiguous;
  }
  return true;
}

void run(const Kernels& kernels, CurveJob& job) {
  job.streamed = goes_past_caches(job);
  in_pieces(job.size, [&](std::int64_t begin, std::int64_t end) { kernels.run_curve(job, begin, end); });
}

double run(const Kernels& kernels, LossJob& job, bool summed) {
  const std::int64_t chunks = (job.size + chunk - 1) / chunk;
  const std::unique_ptr<Sum[]> sums(summed ? new Sum[chunks] : nullptr);
  job.sums = sums.get();
  job.streamed = goes_past_caches(job);
  in_pieces(job.size, [&](std::int64_t begin, std::int64_t end) { kernels.run_loss(job, begin, end); });
  return summed ? total(sums.get(), chunks) : 0;
}

void read_two_write_one(const Kernels& kernels, const float* first, const float* second, float* result, std::int64_t size) {
  in_pieces(size, [=, &kernels](std::int64_t begin, std::int64_t end) {
    kernels.read_two_write_one(first + begin, second + begin, result + begin, end - begin);
  });
}

void run(const Kernels& kernels, const RowJob& job) {
  in_rows(*kernels.rows, job.rows, job.classes, false,
          [&](std::int64_t, std::size_t begin, std::size_t end, double* scratch) {
            kernels.rows->run_rows(job, begin, end, scratch);
          });
}

double run(const Kernels& kernels, const CrossEntropyJob& job) {
  const RowKernels& rows = *kernels.rows;
  const std::size_t step = job.rows ? stretch_of(rows, job.rows, job.classes) : 1;
  const std::int64_t stretches = static_cast<std::int64_t>((job.rows + step - 1) / step);
  const std::unique_ptr<Sum[]> sums(job.summed ? new Sum[stretches] : nullptr);
  in_rows(rows, job.rows, job.classes, job.summed,
          [&](std::int64_t i, std::size_t begin, std::size_t end, double* scratch) {
            double* values = job.value ? job.value + begin : nullptr;
            if (job.summed) values = scratch + rows.scratch(job.classes);
            rows.run_cross_entropy(job, begin, end, scratch, values);
            if (job.summed) sums[i] = rows.sum(values, end - begin);
          });
  return job.summed ? total(sums.get(), stretches) : 0;
}

bool in_range(const Kernels& kernels, const CrossEntropyJob& job) {
  std::atomic<bool> all{true};
  in_pieces(static_cast<std::int64_t>(job.rows), [&](std::int64_t begin, std::int64_t end) {
    if (!kernels.rows->in_range(job, static_cast<std::size_t>(begin), static_cast<std::size_t>(end))) all = false;
  });
  return all;
}

}  // namespace kernels
