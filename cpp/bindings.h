// What the files of bindings share.
#pragma once

#include <nanobind/nanobind.h>

#include <cstdint>

#include "job.h"

extern const kernels::Kernels* chosen;  // of the instruction set in use

void add_rows(nanobind::module_& m);
void add_calls(nanobind::module_& m);

void read_parameters(nanobind::handle given, kernels::Job& job);
void read_asked(int asked, kernels::LossJob& job);  // a sum of 1 for the value, 2 for the gradient, 4 for the Hessian

constexpr std::int64_t brief = 4096;  // fewer elements take less time than letting other Python threads in

// Lets other Python threads run, unless the work is brief.
class Released {
 public:
  explicit Released(std::int64_t size) : state_(size > brief ? PyEval_SaveThread() : nullptr) {}
  ~Released() {
    if (state_) PyEval_RestoreThread(state_);
  }

 private:
  PyThreadState* state_;
};
