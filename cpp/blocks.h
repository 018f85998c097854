// Blocks: elements of any array into a buffer of 128 numbers, and back.
//
// Every loop runs over whole blocks. What does not fill one, or is strided, unaligned, of the other byte order or
// of another dtype, goes through a buffer. So each loop body exists once, and no bit depends on where an element lies.
#pragma once

using kernels::block;
using kernels::Dtype;
using kernels::Job;
using kernels::Operand;
using std::int64_t;

template <class T>
struct alignas(64) Buffer {
  T data[block];
};

inline float from_half(std::uint16_t half) {
  const std::uint32_t magnitude = std::uint32_t{half & 0x7fffu} << 13;
  const float scaled = std::bit_cast<float>(magnitude) * 0x1p112f;  // exact, subnormal or not
  const std::uint32_t special = magnitude >= 0x0f800000u ? 0x7f800000u : 0u;
  return std::bit_cast<float>(std::bit_cast<std::uint32_t>(scaled) | special | std::uint32_t{half & 0x8000u} << 16);
}

inline std::uint16_t to_half(float x) {
  const std::uint32_t bits = std::bit_cast<std::uint32_t>(x), sign = bits >> 16 & 0x8000u;
  const std::uint32_t magnitude = bits & 0x7fffffffu;
  const float small = std::bit_cast<float>(magnitude) + 0.5f;  // its last place is that of the smallest half
  const std::uint32_t subnormal = std::bit_cast<std::uint32_t>(small) - 0x3f000000u;
  const std::uint32_t normal = (magnitude + 0xc8000fffu + (magnitude >> 13 & 1u)) >> 13;
  const std::uint32_t finite = magnitude < 0x38800000u ? subnormal : normal;
  const std::uint32_t special = magnitude > 0x7f800000u ? 0x7e00u : 0x7c00u;
  return static_cast<std::uint16_t>(sign | (magnitude >= 0x477ff000u ? special : finite));
}

inline float from_brain(std::uint16_t brain) { return std::bit_cast<float>(std::uint32_t{brain} << 16); }

inline std::uint16_t to_brain(float x) {
  const std::uint32_t bits = std::bit_cast<std::uint32_t>(x);
  const std::uint32_t rounded = (bits + 0x7fffu + (bits >> 16 & 1u)) >> 16;
  return static_cast<std::uint16_t>((bits & 0x7fffffffu) > 0x7f800000u ? bits >> 16 | 0x40u : rounded);
}

// Numbers as they lie in memory.
template <class Bits>
inline Bits read(const char* at, bool swapped) {
  Bits bits;
  __builtin_memcpy(&bits, at, sizeof(Bits));
  if constexpr (sizeof(Bits) == 2) return swapped ? __builtin_bswap16(bits) : bits;
  if constexpr (sizeof(Bits) == 4) return swapped ? __builtin_bswap32(bits) : bits;
  if constexpr (sizeof(Bits) == 8) return swapped ? __builtin_bswap64(bits) : bits;
  return bits;
}

template <class Bits>
inline void write(char* at, Bits bits, bool swapped) {
  const Bits stored = read<Bits>(reinterpret_cast<const char*>(&bits), swapped);
  __builtin_memcpy(at, &stored, sizeof(Bits));
}

// Calls each(i, address) for `count` elements from number `start` on, counted in the order of the axes.
template <class Each>
inline void walk(const Job& job, const Operand& array, int64_t start, int64_t count, Each each) {
  int64_t index[kernels::most_axes];
  char* at = array.data;
  for (int axis = job.axes - 1; axis >= 0; --axis) {
    index[axis] = start % job.shape[axis];
    start /= job.shape[axis];
    at += index[axis] * array.strides[axis];
  }
  const int last = job.axes - 1;
  const int64_t stride = array.strides[last];
  for (int64_t i = 0; i < count;) {
    const int64_t left = job.shape[last] - index[last], run = left < count - i ? left : count - i;
    for (int64_t k = 0; k < run; ++k) each(i + k, at + k * stride);
    i += run;
    index[last] += run;
    at += run * stride;
    for (int axis = last; axis > 0 && index[axis] == job.shape[axis]; --axis) {
      at += array.strides[axis - 1] - index[axis] * array.strides[axis];
      index[axis] = 0;
      ++index[axis - 1];
    }
  }
}

// One element type as it lies in memory, and its number.
struct Half {
  using Bits = std::uint16_t;
  static float number(Bits bits) { return from_half(bits); }
  static Bits bits(double x) { return to_half(float(x)); }
};
struct Brain {
  using Bits = std::uint16_t;
  static float number(Bits bits) { return from_brain(bits); }
  static Bits bits(double x) { return to_brain(float(x)); }
};
struct Single {
  using Bits = std::uint32_t;
  static float number(Bits bits) { return std::bit_cast<float>(bits); }
  static Bits bits(double x) { return std::bit_cast<Bits>(float(x)); }
};
struct Full {
  using Bits = std::uint64_t;
  static double number(Bits bits) { return std::bit_cast<double>(bits); }
  static Bits bits(double x) { return std::bit_cast<Bits>(x); }
};
struct Boolean {
  using Bits = std::uint8_t;
  static float number(Bits bits) { return bits != 0 ? 1.0f : 0.0f; }
};

inline bool in_line(const Job& job, const Operand& array) {
  return job.axes == 1 && array.strides[0] == kernels::size_of(array.dtype) && !array.swapped;
}

template <class Element, class T>
inline void gather_as(const Job& job, const Operand& array, int64_t start, int64_t count, T* to) {
  using Bits = typename Element::Bits;
  for (int64_t i = count; i < block; ++i) to[i] = T(0);
  if (in_line(job, array)) {
    const char* from = array.data + start * int64_t{sizeof(Bits)};
#pragma omp simd
    for (int64_t i = 0; i < count; ++i) to[i] = T(Element::number(read<Bits>(from + i * int64_t{sizeof(Bits)}, false)));
    return;
  }
  const bool swapped = array.swapped;
  walk(job, array, start, count, [=](int64_t i, char* at) { to[i] = T(Element::number(read<Bits>(at, swapped))); });
}

template <class T>
inline void gather(const Job& job, const Operand& array, int64_t start, int64_t count, T* to) {
  switch (array.dtype) {
    case Dtype::half:
      return gather_as<Half>(job, array, start, count, to);
    case Dtype::brain:
      return gather_as<Brain>(job, array, start, count, to);
    case Dtype::single:
      return gather_as<Single>(job, array, start, count, to);
    case Dtype::full:
      return gather_as<Full>(job, array, start, count, to);
    case Dtype::boolean:
      return gather_as<Boolean>(job, array, start, count, to);
  }
}

template <class Element, class T>
inline void scatter_as(const Job& job, const Operand& array, int64_t start, int64_t count, const T* from) {
  using Bits = typename Element::Bits;
  if (in_line(job, array)) {
    char* to = array.data + start * int64_t{sizeof(Bits)};
#pragma omp simd
    for (int64_t i = 0; i < count; ++i) write(to + i * int64_t{sizeof(Bits)}, Element::bits(from[i]), false);
    return;
  }
  const bool swapped = array.swapped;
  walk(job, array, start, count, [=](int64_t i, char* at) { write(at, Element::bits(from[i]), swapped); });
}

template <class T>
inline void scatter(const Job& job, const Operand& array, int64_t start, int64_t count, const T* from) {
  switch (array.dtype) {
    case Dtype::half:
      return scatter_as<Half>(job, array, start, count, from);
    case Dtype::brain:
      return scatter_as<Brain>(job, array, start, count, from);
    case Dtype::single:
      return scatter_as<Single>(job, array, start, count, from);
    case Dtype::full:
      return scatter_as<Full>(job, array, start, count, from);
    case Dtype::boolean:
      return;  // no result is a condition
  }
}

// The elements themselves where a loop may read them in place, or a copy of at most a block in the buffer.
template <class T>
inline const T* load(const Job& job, const Operand& array, int64_t start, int64_t count, Buffer<T>& buffer) {
  if (array.plain && count % block == 0) return reinterpret_cast<const T*>(array.data) + start;
  gather(job, array, start, count, buffer.data);
  return buffer.data;
}
