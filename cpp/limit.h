// The machine's own limit, to measure kernels against.
#pragma once

// Reads two arrays and writes a third, past the caches: the least that a gradient of two arguments can take.
inline void read_two_write_one(const float* first, const float* second, float* result, int64_t count) {
  constexpr int64_t most = 8 * block;
  alignas(64) float sum[most];
  for (int64_t start = 0; start < count; start += most) {
    const int64_t some = count - start < most ? count - start : most;
#pragma omp simd
    for (int64_t i = 0; i < some; ++i) sum[i] = first[start + i] + second[start + i];
    stream(result + start, sum, some);
  }
  streamed();
}
