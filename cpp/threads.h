// A few threads that sleep until a large call needs them.
#pragma once

#include <cstdint>

namespace kernels {

int thread_count();
void set_thread_count(int count);  // at least 1

// Calls task(context, i) for every i below count, each once, in any order and on several threads.
// A call from within a task, or while another thread's call is under way, runs where it is.
void parallel_for(std::int64_t count, void (*task)(void* context, std::int64_t i), void* context);

template <class Task>
void parallel_for(std::int64_t count, Task task) {
  parallel_for(count, [](void* context, std::int64_t i) { (*static_cast<Task*>(context))(i); }, &task);
}

}  // namespace kernels
