// A stretch of a job, from element `begin`, which starts a chunk, to element `end`.
#pragma once

template <class T>
inline void run_curve(CurveLoop<T> loop, const kernels::CurveJob& job, int64_t begin, int64_t end) {
  const Operand &x = job.first, &cotangent = job.second, &y = job.results[0], &dy = job.results[1];
  const auto ready = [](const Operand& array) { return array.plain || !array.data; };
  const auto at = [](const Operand& array, int64_t i) { return array.data ? reinterpret_cast<T*>(array.data) + i : nullptr; };
  if (ready(x) && ready(cotangent) && ready(y) && ready(dy)) {
    const int64_t blocks = (end - begin) / block;
    loop(job.parameters, at(x, begin), at(cotangent, begin), at(y, begin), at(dy, begin), blocks);
    begin += blocks * block;
  }
  Buffer<T> from, with, to, too;
  for (; begin < end; begin += block) {
    const int64_t count = end - begin < block ? end - begin : block;
    gather(job, x, begin, count, from.data);
    if (cotangent.data) gather(job, cotangent, begin, count, with.data);
    loop(job.parameters, from.data, with.data, to.data, too.data, 1);
    scatter(job, y, begin, count, to.data);
    if (dy.data) scatter(job, dy, begin, count, too.data);
  }
}

// Sums of a block in a fixed tree, and of blocks with what rounding takes from them (Knuth).
inline double sum_of_block(double* l) {
  for (int64_t half = block / 2; half; half /= 2) {
#pragma omp simd
    for (int64_t i = 0; i < half; ++i) l[i] += l[i + half];
  }
  return l[0];
}

inline void add(kernels::Sum& sum, double x) {
  const double total = sum.high + x, back = total - sum.high;
  sum.low += (sum.high - (total - back)) + (x - back);
  sum.high = total;
}

template <class T>
struct Divisor {
  double by, times;  // a float32 result may be multiplied by the reciprocal

  explicit Divisor(double divisor) : by(divisor), times(1 / divisor) {}

  void divide(double* g) const {
    if (by == 1) return;
    if (sizeof(T) == sizeof(float) && times > 1e-300 && times < 1e300) {
      each_element(1, [this, g](int64_t i) { g[i] *= times; });
    } else {
      each_element(1, [this, g](int64_t i) { g[i] /= by; });
    }
  }
};

template <class T>
inline void store(const Job& job, const Operand& result, int64_t start, int64_t count, const double* from) {
  if (result.plain && count == block) {
    T* to = reinterpret_cast<T*>(result.data) + start;
    each_element(1, [=](int64_t i) { to[i] = T(from[i]); });
  } else {
    scatter(job, result, start, count, from);
  }
}

// One block of a loss with a weight and a mask; masked inputs are replaced before anything is computed.
template <class T>
struct Guard {
  const kernels::LossJob& job;
  Buffer<double> weight, keep;
  Buffer<T> p, t;

  explicit Guard(const kernels::LossJob& asked) : job(asked) {}

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
inline void run_loss(const LossLoop<T>* loops, const kernels::LossJob& job, int64_t begin, int64_t end) {
  enum { value, gradient, hessian, value_and_gradient };
  Guard<T> guard(job);
  const Divisor<T> divisor(job.divisor);
  Buffer<double> l, g;
  kernels::Sum none, *sum = job.sums ? job.sums + begin / kernels::chunk - 1 : &none;
  for (int64_t start = begin; start < end; start += block) {
    const int64_t count = end - start < block ? end - start : block;
    const Operand* result = job.results;
    const T *p, *t;
    guard.before(start, count, p, t);
    const auto finish = [&](double* from) {
      guard.after(from);
      divisor.divide(from);
      store<T>(job, *result++, start, count, from);
    };
    if (job.value && job.gradient) {
      loops[value_and_gradient](job.parameters, p, t, l.data, g.data);
    } else if (job.value) {
      loops[value](job.parameters, p, t, l.data, nullptr);
    } else if (job.gradient) {
      loops[gradient](job.parameters, p, t, g.data, nullptr);
    }
    if (job.sums) {
      if (start % kernels::chunk == 0) *++sum = {};
      guard.after(l.data);
      for (int64_t i = count; i < block; ++i) l.data[i] = 0;
      add(*sum, sum_of_block(l.data));
    } else if (job.value) {
      finish(l.data);
    }
    if (job.gradient) finish(g.data);
    if (job.hessian) {
      loops[hessian](job.parameters, p, t, l.data, nullptr);
      finish(l.data);
    }
  }
}
