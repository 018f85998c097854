// Stores that go around the caches: a large result would only drive out of them what is read next, and each of its lines
// would be read from memory before it is written.
#pragma once

inline constexpr int64_t line = 64;  // bytes of a cache line, which such a store replaces whole

// Copies numbers to `to`; what does not fill a line at either end is stored as usual.
template <class T>
inline void stream(T* to, const T* from, int64_t count) {
#if defined(__SSE2__)
  char* at = reinterpret_cast<char*>(to);
  const char* source = reinterpret_cast<const char*>(from);
  int64_t left = count * int64_t{sizeof(T)};
  const int64_t past = static_cast<int64_t>(reinterpret_cast<std::uintptr_t>(to) % line);
  const int64_t before = past ? line - past : 0, head = before < left ? before : left;
  __builtin_memcpy(at, source, static_cast<std::size_t>(head));
  at += head, source += head, left -= head;
  for (; left >= line; at += line, source += line, left -= line) {
#if defined(__AVX512F__)
    _mm512_stream_si512(reinterpret_cast<__m512i*>(at), _mm512_loadu_si512(source));
#elif defined(__AVX__)
    for (int i = 0; i < line; i += 32) {
      _mm256_stream_si256(reinterpret_cast<__m256i*>(at + i),
                          _mm256_loadu_si256(reinterpret_cast<const __m256i*>(source + i)));
    }
#else
    for (int i = 0; i < line; i += 16) {
      _mm_stream_si128(reinterpret_cast<__m128i*>(at + i), _mm_loadu_si128(reinterpret_cast<const __m128i*>(source + i)));
    }
#endif
  }
  __builtin_memcpy(at, source, static_cast<std::size_t>(left));
#else
  __builtin_memcpy(to, from, static_cast<std::size_t>(count) * sizeof(T));
#endif
}

// Another thread may read what was streamed once this has returned.
inline void streamed() {
#if defined(__SSE2__)
  _mm_sfence();
#endif
}
