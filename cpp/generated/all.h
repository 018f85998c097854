// Printed from the definitions by `python -m slopes.emit.cpp`.
#pragma once

#include "binary_cross_entropy.h"
#include "binary_cross_entropy_with_logits.h"
#include "gelu.h"
#include "gelu_tanh.h"
#include "hinge.h"
#include "huber.h"
#include "identity.h"
#include "leaky_relu.h"
#include "log_sigmoid.h"
#include "mae.h"
#include "mse.h"
#include "prelu.h"
#include "quantile.h"
#include "relu.h"
#include "sigmoid.h"
#include "silu.h"
#include "softplus.h"
#include "tanh.h"

#define SLOPES_ACTIVATIONS(LIST) \
  LIST(gelu, GELU, 0) \
  LIST(gelu_tanh, GELUTanh, 0) \
  LIST(identity, Identity, 0) \
  LIST(leaky_relu, LeakyReLU, 1) \
  LIST(log_sigmoid, LogSigmoid, 0) \
  LIST(prelu, PReLU, 1) \
  LIST(relu, ReLU, 0) \
  LIST(sigmoid, Sigmoid, 0) \
  LIST(silu, SiLU, 1) \
  LIST(softplus, Softplus, 1) \
  LIST(tanh, Tanh, 0)

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
