#include "threads.h"

#include <atomic>
#include <condition_variable>
#include <cstdlib>
#include <mutex>
#include <system_error>
#include <thread>

#if defined(__unix__) || defined(__APPLE__)
#include <pthread.h>
#endif
#if defined(__linux__)
#include <sched.h>
#endif

namespace kernels {
namespace {

class Pool {
 public:
  void run(int helpers, std::int64_t count, void (*task)(void*, std::int64_t), void* context) {
    int wanted = 0;
    {
      const std::lock_guard lock(mutex_);
      grow(helpers);
      task_ = task;
      context_ = context;
      count_ = count;
      next_ = 0;
      wanted_ = wanted = helpers < started_ ? helpers : started_;
    }
    for (int i = 0; i < wanted; ++i) wake_.notify_one();
    work();
    std::unique_lock lock(mutex_);
    wanted_ = 0;  // who has not woken by now need not begin
    done_.wait(lock, [this] { return busy_ == 0; });
  }

  std::mutex calls;  // held by the call that is under way

 private:
  void grow(int helpers) {
    while (started_ < helpers) {
      try {
        std::thread([this] { serve(); }).detach();
      } catch (const std::system_error&) {
        return;  // the system has no more threads: those there are do the work
      }
      ++started_;
    }
  }

  void serve() {
    std::unique_lock lock(mutex_);
    for (;;) {
      wake_.wait(lock, [this] { return wanted_ > 0; });
      --wanted_;
      ++busy_;
      lock.unlock();
      work();
      lock.lock();
      if (--busy_ == 0) done_.notify_one();
    }
  }

  void work() {
    for (std::int64_t i; (i = next_.fetch_add(1, std::memory_order_relaxed)) < count_;) task_(context_, i);
  }

  std::mutex mutex_;
  std::condition_variable wake_, done_;
  int started_ = 0, wanted_ = 0, busy_ = 0;
  void (*task_)(void*, std::int64_t) = nullptr;
  void* context_ = nullptr;
  std::int64_t count_ = 0;
  std::atomic<std::int64_t> next_{0};
};

// Never destroyed: its threads sleep until the process ends. A forked child has none of them and makes its own.
std::atomic<Pool*> pool{nullptr};

Pool& present_pool() {
  Pool* now = pool.load();
  if (now) return *now;
  Pool* made = new Pool;
  if (pool.compare_exchange_strong(now, made)) {
#if defined(__unix__) || defined(__APPLE__)
    static const int handled = pthread_atfork(nullptr, nullptr, [] { pool = nullptr; });
    (void)handled;
#endif
    return *made;
  }
  delete made;
  return *now;
}

int default_count() {
  if (const char* given = std::getenv("SLOPES_NUM_THREADS")) {
    const int count = std::atoi(given);
    if (count > 0) return count;
  }
#if defined(__linux__)
  cpu_set_t allowed;
  if (sched_getaffinity(0, sizeof allowed, &allowed) == 0) return CPU_COUNT(&allowed);
#endif
  const unsigned count = std::thread::hardware_concurrency();
  return count ? static_cast<int>(count) : 1;
}

std::atomic<int> chosen{0};
thread_local bool within = false;

}  // namespace

int thread_count() {
  if (chosen == 0) chosen = default_count();
  return chosen;
}

void set_thread_count(int count) { chosen = count; }

void parallel_for(std::int64_t count, void (*task)(void*, std::int64_t), void* context) {
  const int threads = thread_count();
  if (threads > 1 && count > 1 && !within) {
    Pool& now = present_pool();
    const std::unique_lock call(now.calls, std::try_to_lock);
    if (call) {
      within = true;
      const std::int64_t helpers = count < threads ? count - 1 : threads - 1;
      now.run(static_cast<int>(helpers), count, task, context);
      within = false;
      return;
    }
  }
  for (std::int64_t i = 0; i < count; ++i) task(context, i);
}

}  // namespace kernels
