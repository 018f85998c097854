// All pointwise functions for one instruction set, whose name the build gives as SLOPES_ISA.
// Nothing here may call an inline function of the standard library that the linker could share between
// instruction sets; what the compiler always inlines (std::bit_cast) is safe.
#include <bit>
#include <cstdint>
#include <limits>
#include <type_traits>

#if defined(__SSE2__)
#include <immintrin.h>
#endif

#include "job.h"
#include "row_job.h"

namespace SLOPES_ISA {

#include "math.h"

#include "blocks.h"
#include "generated/all.h"
#include "single.h"

#include "halves.h"
#include "loops.h"
#include "stream.h"
#include "runs.h"
#include "limit.h"

namespace {

// `busy`: memory keeps up with the values as they are computed, so that past the caches would be a detour.
struct CurveLoops {
  const CurveLoop<float>* single;
  const CurveLoop<double>* full;
  bool single_busy, full_busy;
};

struct LossesLoops {
  LossLoops<float> single;
  LossLoops<double> full;
};

#define SLOPES_NAME(name, Type, parameters) {#name, parameters},
#define SLOPES_CURVE(name, Type, parameters) \
  {Curve<Type, float>::loops, Curve<Type, double>::loops, InSingle<Type>::is_here, InHalves<Type, double>::is_here},
#define SLOPES_LOSS(Type) {Loss<Type, float>::loops, Loss<Type, double>::loops},
#define SLOPES_RESIDUAL(name, Type, parameters) SLOPES_LOSS(OfResidual<Type>::template Pair)
#define SLOPES_MARGIN(name, Type, parameters) SLOPES_LOSS(OfMargin<Type>::template Pair)
#define SLOPES_PAIR(name, Type, parameters) SLOPES_LOSS(Type)

constexpr kernels::Kernels::Entry curves[] = {SLOPES_ACTIVATIONS(SLOPES_NAME)};
constexpr CurveLoops curve_loops[] = {SLOPES_ACTIVATIONS(SLOPES_CURVE)};
constexpr kernels::Kernels::Entry losses[] = {
    SLOPES_RESIDUAL_LOSSES(SLOPES_NAME) SLOPES_MARGIN_LOSSES(SLOPES_NAME) SLOPES_PAIR_LOSSES(SLOPES_NAME)};
constexpr LossesLoops loss_loops[] = {
    SLOPES_RESIDUAL_LOSSES(SLOPES_RESIDUAL) SLOPES_MARGIN_LOSSES(SLOPES_MARGIN) SLOPES_PAIR_LOSSES(SLOPES_PAIR)};

#define SLOPES_FITS(name, Type, parameters) \
  static_assert(parameters <= kernels::most_parameters, #name " has more parameters than a job holds");
SLOPES_ACTIVATIONS(SLOPES_FITS)
SLOPES_RESIDUAL_LOSSES(SLOPES_FITS)
SLOPES_MARGIN_LOSSES(SLOPES_FITS)
SLOPES_PAIR_LOSSES(SLOPES_FITS)

void run_curve_job(const kernels::CurveJob& job, int64_t begin, int64_t end) {
  const CurveLoops& loops = curve_loops[job.function];
  const int method = static_cast<int>(job.method);
  const bool busy = job.method == kernels::Curved::value && (job.wide ? loops.full_busy : loops.single_busy);
  const bool past_caches = job.streamed && !busy;
  if (job.wide) {
    run_curve(loops.full[method], job, past_caches, begin, end);
  } else {
    run_curve(loops.single[method], job, past_caches, begin, end);
  }
}

void run_loss_job(const kernels::LossJob& job, int64_t begin, int64_t end) {
  const LossesLoops& loops = loss_loops[job.function];
  if (job.wide) {
    run_loss(loops.full, job, begin, end);
  } else {
    run_loss(loops.single, job, begin, end);
  }
}

template <class A, int count>
constexpr int length(const A (&)[count]) {
  return count;
}

#define SLOPES_TEXT_(name) #name
#define SLOPES_TEXT(name) SLOPES_TEXT_(name)

}  // namespace

extern const kernels::RowKernels rows;  // in row_kernels.cc
extern const kernels::Kernels all;
const kernels::Kernels all = {
    SLOPES_TEXT(SLOPES_ISA), length(curves), length(losses), curves, losses, run_curve_job, run_loss_job,
    read_two_write_one, &rows,
};

}  // namespace SLOPES_ISA
