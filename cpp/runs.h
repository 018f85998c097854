// A stretch of a job, from element `begin`, which starts a chunk, to element `end`.
#pragma once

// A result, some blocks at a time: written in place, or through a buffer past the caches or to where its elements are.
template <class T>
class Target {
 public:
  static constexpr int64_t most = 8 * block;

  Target(const Job& job, const Operand& array, bool streamed) : job_(job), array_(array), streamed_(streamed) {}
  Target(const Target&) = delete;
  Target& operator=(const Target&) = delete;

  bool in_place() const { return !array_.data || (array_.plain && !streamed_); }

  // Room for `count` elements, in whole blocks.
  T* room(int64_t start, int64_t count) {
    if (!array_.data) return nullptr;
    return in_place() && count % block == 0 ? reinterpret_cast<T*>(array_.data) + start : buffer_;
  }

  // They are computed.
  void filled(int64_t start, int64_t count) {
    if (!array_.data || (in_place() && count % block == 0)) return;
    if (array_.plain && count % block == 0) {
      stream(reinterpret_cast<T*>(array_.data) + start, buffer_, count);
    } else {
      scatter(job_, array_, start, count, buffer_);
    }
  }

 private:
  const Job& job_;
  const Operand& array_;
  bool streamed_;
  alignas(64) T buffer_[most];
};

template <class T>
inline void run_curve(CurveLoop<T> loop, const kernels::CurveJob& job, bool past_caches, int64_t begin, int64_t end) {
  const Operand &x = job.first, &cotangent = job.second;
  const bool ready = x.plain && (cotangent.plain || !cotangent.data);
  Target<T> y(job, job.results[0], past_caches), dy(job, job.results[1], past_caches);
  const int64_t most = !ready ? block : y.in_place() && dy.in_place() ? end - begin : Target<T>::most;
  Buffer<T> from, with;
  for (int64_t count; begin < end; begin += count) {
    const int64_t blocks = (end - begin < most ? end - begin : most) / block;
    count = blocks ? blocks * block : end - begin;
    const T* given = load(job, x, begin, count, from);
    const T* weight = cotangent.data ? load(job, cotangent, begin, count, with) : nullptr;
    loop(job.parameters, given, weight, y.room(begin, count), dy.room(begin, count), blocks ? blocks : 1);
    y.filled(begin, count);
    dy.filled(begin, count);
  }
  if (past_caches) streamed();
}

inline void add(kernels::Sum& sum, double x) {
  const double total = sum.high + x, back = total - sum.high;
  sum.low += (sum.high - (total - back)) + (x - back);
  sum.high = total;
}

// One block of a loss with a weight and a mask; masked inputs are replaced before anything is computed.
template <class T>
struct Guard {
  const kernels::LossJob& job;
  Buffer<double> weight, keep;
  Buffer<T> p, t;

  explicit Guard(const kernels::LossJob& asked) : job(asked) {}

  bool is_open() const { return !job.weight.data && !job.keep.data; }

  void before(int64_t start, int64_t count, const T*& prediction, const T*& target) {
    prediction = load(job, job.first, start, count, p);
    target = load(job, job.second, start, count, t);
    if (job.weight.data) gather(job, job.weight, start, count, weight.data);
    if (!job.keep.data) return;
    gather(job, job.keep, start, count, keep.data);
    replace(prediction, T(job.safe[0]), p.data);
    replace(target, T(job.safe[1]), t.data);
    prediction = p.data;
    target = t.data;
  }

  void after(double* result) {
    const double *w = weight.data, *k = keep.data;
    if (job.weight.data) each_element(1, [=](int64_t i) { result[i] *= w[i]; });
    if (job.keep.data) each_element(1, [=](int64_t i) { result[i] = k[i] != 0 ? result[i] : 0.0; });
  }

 private:
  void replace(const T* from, T safe, T* to) const {
    const double* k = keep.data;
    each_element(1, [=](int64_t i) { to[i] = k[i] != 0 ? from[i] : safe; });
  }
};

template <class T>
inline void run_loss(const LossLoops<T>& loops, const kernels::LossJob& job, int64_t begin, int64_t end) {
  Guard<T> guard(job);
  const Divisor<T> divisor(job.divisor);
  Target<T> results[] = {{job, job.results[0], job.streamed}, {job, job.results[1], job.streamed}};
  const bool training = job.sums && job.gradient && !job.hessian && guard.is_open() && divisor.is_quick();
  const int64_t most = training && job.first.plain && job.second.plain ? Target<T>::most : block;
  Buffer<double> l, g;
  double sums[Target<T>::most / block];
  kernels::Sum none, *sum = job.sums ? job.sums + begin / kernels::chunk - 1 : &none;
  for (int64_t start = begin, count; start < end; start += count) {
    if (job.sums && start % kernels::chunk == 0) *++sum = {};
    const int64_t blocks = (end - start < most ? end - start : most) / block;
    count = blocks ? blocks * block : end - start;
    const T *p, *t;
    guard.before(start, count, p, t);
    if (training && blocks) {
      loops.training(job.parameters, p, t, divisor, sums, results[0].room(start, count), blocks);
      results[0].filled(start, count);
      for (int64_t b = 0; b < blocks; ++b) add(*sum, sums[b]);
      continue;
    }
    Target<T>* result = results;
    const auto finish = [&](double* from) {
      guard.after(from);
      divisor.divide(from);
      T* to = result->room(start, count);
      each_element(1, [=](int64_t i) { to[i] = T(from[i]); });
      result++->filled(start, count);
    };
    if (job.value && job.gradient) {
      loops.value_and_gradient(job.parameters, p, t, l.data, g.data);
    } else if (job.value) {
      loops.value(job.parameters, p, t, l.data, nullptr);
    } else if (job.gradient) {
      loops.gradient(job.parameters, p, t, g.data, nullptr);
    }
    if (job.sums) {
      guard.after(l.data);
      for (int64_t i = count; i < block; ++i) l.data[i] = 0;
      add(*sum, sum_of_block(l.data));
    } else if (job.value) {
      finish(l.data);
    }
    if (job.gradient) finish(g.data);
    if (job.hessian) {
      loops.hessian(job.parameters, p, t, l.data, nullptr);
      finish(l.data);
    }
  }
  if (job.streamed) streamed();
}
