#include "memory.h"

#include <atomic>
#include <new>

#if defined(__linux__)
#include <sys/mman.h>
#include <unistd.h>
#endif

namespace kernels {

#if defined(__linux__)
namespace {

constexpr std::int64_t large_page = std::int64_t{2} << 20;
constexpr int places = 4;

// Every place is emptied or filled by one exchange: no lock could be held while the process forks.
std::atomic<Memory*> kept[places];
std::atomic<std::int64_t> kept_bytes{0}, most_kept{std::int64_t{512} << 20};

Memory* from_place(int i) {
  Memory* memory = kept[i].exchange(nullptr);
  if (memory) kept_bytes -= memory->bytes;
  return memory;
}

void release(Memory* memory) {
  munmap(memory->data, static_cast<std::size_t>(memory->bytes));
  delete memory;
}

void keep(Memory* memory) {
  kept_bytes += memory->bytes;
  for (std::atomic<Memory*>& place : kept) {
    Memory* none = nullptr;
    if (place.compare_exchange_strong(none, memory)) return;
  }
  kept_bytes -= memory->bytes;
  release(memory);
}

Memory* fresh(std::int64_t bytes) {
  Memory* memory = new (std::nothrow) Memory{nullptr, bytes, getpid()};
  if (!memory) return nullptr;
  // One page more, to begin where a large page can.
  const std::int64_t reserved = bytes + large_page;
  void* mapped = mmap(nullptr, static_cast<std::size_t>(reserved), PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  if (mapped == MAP_FAILED) {
    delete memory;
    return nullptr;
  }
  char* begin = static_cast<char*>(mapped);
  const std::int64_t past = static_cast<std::int64_t>(reinterpret_cast<std::uintptr_t>(begin) % large_page);
  const std::int64_t before = past ? large_page - past : 0, after = large_page - before;
  if (before) munmap(begin, static_cast<std::size_t>(before));
  if (after) munmap(begin + before + bytes, static_cast<std::size_t>(after));
  memory->data = begin + before;
  madvise(memory->data, static_cast<std::size_t>(bytes), MADV_HUGEPAGE);
  return memory;
}

}  // namespace

Memory* take_memory(std::int64_t bytes) {
  const std::int64_t whole = (bytes + large_page - 1) / large_page * large_page;
  for (int i = 0; i < places; ++i) {
    Memory* memory = from_place(i);
    if (!memory) continue;
    if (memory->process != getpid()) {
      release(memory);
    } else if (memory->bytes == whole) {
      return memory;
    } else {
      keep(memory);
    }
  }
  return fresh(whole);
}

void give_memory(Memory* memory) {
  const std::int64_t most = most_kept;
  if (memory->bytes > most || memory->process != getpid()) return release(memory);
  for (int i = 0; i < places && kept_bytes + memory->bytes > most; ++i) {
    if (Memory* old = from_place(i)) release(old);
  }
#if defined(MADV_FREE)
  madvise(memory->data, static_cast<std::size_t>(memory->bytes), MADV_FREE);  // the system may have it, but need not
#endif
  keep(memory);
}

void set_memory_kept(std::int64_t most) {
  most_kept = most;
  for (int i = 0; i < places && kept_bytes > most; ++i) {
    if (Memory* old = from_place(i)) release(old);
  }
}

#else

Memory* take_memory(std::int64_t) { return nullptr; }
void give_memory(Memory*) {}
void set_memory_kept(std::int64_t) {}

#endif

}  // namespace kernels
