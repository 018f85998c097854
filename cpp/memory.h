// Memory of large results. The system clears every page that it hands out, which takes longer than most functions do; so
// what one result leaves is kept for the next one of its size, and the system may take it back whenever it is short.
#pragma once

#include <cstdint>

namespace kernels {

struct Memory {
  void* data;
  std::int64_t bytes;  // in whole large pages
  long process;        // whose it is; a forked child would have to copy it, page by page
};

// Memory for at least this many bytes, with anything in it; null where there is none.
Memory* take_memory(std::int64_t bytes);
void give_memory(Memory* memory);

// How much of it is kept at most, in bytes, in at most four pieces; what is more is let go. 0 keeps none.
void set_memory_kept(std::int64_t most);

}  // namespace kernels
