// Printed from the definitions by `python -m slopes.emit.cpp`.
#pragma once

#include "binary_cross_entropy.h"
#include "binary_cross_entropy_with_logits.h"
#include "binary_step.h"
#include "exponential.h"
#include "gaussian.h"
#include "gelu.h"
#include "gelu_tanh.h"
#include "hard_mish.h"
#include "hard_sigmoid.h"
#include "hard_swish.h"
#include "hard_tanh.h"
#include "hardshrink.h"
#include "hinge.h"
#include "huber.h"
#include "identity.h"
#include "leaky_relu.h"
#include "lisht.h"
#include "log_sigmoid.h"
#include "mae.h"
#include "mish.h"
#include "mse.h"
#include "ndtr.h"
#include "prelu.h"
#include "quantile.h"
#include "quick_gelu.h"
#include "relu.h"
#include "relu6.h"
#include "relu_squared.h"
#include "rrelu.h"
#include "sigmoid.h"
#include "silu.h"
#include "smish.h"
#include "softplus.h"
#include "softshrink.h"
#include "softsign.h"
#include "sparse_plus.h"
#include "sparse_sigmoid.h"
#include "starrelu.h"
#include "tanh.h"
#include "telu.h"
#include "threshold.h"

#define SLOPES_ACTIVATIONS(LIST) \
  LIST(binary_step, BinaryStep, 0) \
  LIST(exponential, Exponential, 0) \
  LIST(gaussian, Gaussian, 0) \
  LIST(gelu, GELU, 0) \
  LIST(gelu_tanh, GELUTanh, 0) \
  LIST(hard_mish, HardMish, 0) \
  LIST(hard_sigmoid, HardSigmoid, 0) \
  LIST(hard_swish, HardSwish, 0) \
  LIST(hard_tanh, HardTanh, 2) \
  LIST(hardshrink, Hardshrink, 1) \
  LIST(identity, Identity, 0) \
  LIST(leaky_relu, LeakyReLU, 1) \
  LIST(lisht, LiSHT, 0) \
  LIST(log_sigmoid, LogSigmoid, 0) \
  LIST(mish, Mish, 0) \
  LIST(ndtr, Ndtr, 0) \
  LIST(prelu, PReLU, 1) \
  LIST(quick_gelu, QuickGELU, 0) \
  LIST(relu, ReLU, 0) \
  LIST(relu6, ReLU6, 0) \
  LIST(relu_squared, ReLUSquared, 0) \
  LIST(rrelu, RReLU, 2) \
  LIST(sigmoid, Sigmoid, 0) \
  LIST(silu, SiLU, 1) \
  LIST(smish, Smish, 0) \
  LIST(softplus, Softplus, 1) \
  LIST(softshrink, Softshrink, 1) \
  LIST(softsign, Softsign, 0) \
  LIST(sparse_plus, SparsePlus, 0) \
  LIST(sparse_sigmoid, SparseSigmoid, 0) \
  LIST(starrelu, StarReLU, 2) \
  LIST(tanh, Tanh, 0) \
  LIST(telu, TeLU, 0) \
  LIST(threshold, Threshold, 2)

#define SLOPES_RESIDUAL_LOSSES(LIST) \
  LIST(huber, Huber, 1) \
  LIST(mae, MAE, 0) \
  LIST(mse, MSE, 0) \
  LIST(quantile, Quantile, 1)

#define SLOPES_MARGIN_LOSSES(LIST) \
  LIST(hinge, Hinge, 0)

#define SLOPES_PAIR_LOSSES(LIST) \
  LIST(binary_cross_entropy, BinaryCrossEntropy, 0) \
  LIST(binary_cross_entropy_with_logits, BinaryCrossEntropyWithLogits, 0)
