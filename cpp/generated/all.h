// Printed from the definitions by `python -m slopes.emit.cpp`.
#pragma once

#include "acon_c.h"
#include "andrews_wave.h"
#include "aptx.h"
#include "arctan.h"
#include "asymmetric.h"
#include "barron.h"
#include "bent_identity.h"
#include "binary_cross_entropy.h"
#include "binary_cross_entropy_with_logits.h"
#include "binary_poly1.h"
#include "binary_step.h"
#include "cauchy.h"
#include "celu.h"
#include "cloglog.h"
#include "elish.h"
#include "elu.h"
#include "epsilon_insensitive.h"
#include "erf.h"
#include "expectile.h"
#include "exponential.h"
#include "exponential_loss.h"
#include "fair.h"
#include "focal.h"
#include "gamma_deviance.h"
#include "gaussian.h"
#include "gelu.h"
#include "gelu_tanh.h"
#include "geman_mcclure.h"
#include "hampel.h"
#include "hard_mish.h"
#include "hard_sigmoid.h"
#include "hard_swish.h"
#include "hard_tanh.h"
#include "hardshrink.h"
#include "hinge.h"
#include "huber.h"
#include "identity.h"
#include "isrlu.h"
#include "isru.h"
#include "leaky_relu.h"
#include "lisht.h"
#include "log_cosh.h"
#include "log_cosh_activation.h"
#include "log_ndtr.h"
#include "log_sigmoid.h"
#include "logish.h"
#include "logit.h"
#include "lp.h"
#include "mae.h"
#include "mape.h"
#include "mish.h"
#include "modified_huber.h"
#include "mse.h"
#include "msle.h"
#include "ndtr.h"
#include "perceptron.h"
#include "phish.h"
#include "poisson_deviance.h"
#include "poisson_nll.h"
#include "prelu.h"
#include "pseudo_huber.h"
#include "quantile.h"
#include "quick_gelu.h"
#include "rational.h"
#include "relu.h"
#include "relu6.h"
#include "relu_squared.h"
#include "rrelu.h"
#include "selu.h"
#include "serf.h"
#include "sigmoid.h"
#include "silu.h"
#include "sine.h"
#include "smape.h"
#include "smish.h"
#include "smooth_l1.h"
#include "snake.h"
#include "soft_clipping.h"
#include "soft_exponential.h"
#include "soft_margin.h"
#include "softplus.h"
#include "softshrink.h"
#include "softsign.h"
#include "sparse_plus.h"
#include "sparse_sigmoid.h"
#include "squared_epsilon_insensitive.h"
#include "squared_hinge.h"
#include "squareplus.h"
#include "starrelu.h"
#include "student_t_nll.h"
#include "tanh.h"
#include "tanhshrink.h"
#include "telu.h"
#include "threshold.h"
#include "tukey_biweight.h"
#include "tweedie_deviance.h"
#include "welsch.h"

#define SLOPES_ACTIVATIONS(LIST) \
  LIST(acon_c, AconC, 3) \
  LIST(aptx, APTx, 3) \
  LIST(arctan, Arctan, 0) \
  LIST(bent_identity, BentIdentity, 0) \
  LIST(binary_step, BinaryStep, 0) \
  LIST(celu, CELU, 1) \
  LIST(cloglog, Cloglog, 0) \
  LIST(elish, ELiSH, 0) \
  LIST(elu, ELU, 1) \
  LIST(erf, Erf, 0) \
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
  LIST(isrlu, ISRLU, 1) \
  LIST(isru, ISRU, 1) \
  LIST(leaky_relu, LeakyReLU, 1) \
  LIST(lisht, LiSHT, 0) \
  LIST(log_cosh_activation, LogCoshActivation, 0) \
  LIST(log_ndtr, LogNdtr, 0) \
  LIST(log_sigmoid, LogSigmoid, 0) \
  LIST(logish, Logish, 0) \
  LIST(logit, Logit, 0) \
  LIST(mish, Mish, 0) \
  LIST(ndtr, Ndtr, 0) \
  LIST(phish, Phish, 0) \
  LIST(prelu, PReLU, 1) \
  LIST(quick_gelu, QuickGELU, 0) \
  LIST(rational, Rational, 10) \
  LIST(relu, ReLU, 0) \
  LIST(relu6, ReLU6, 0) \
  LIST(relu_squared, ReLUSquared, 0) \
  LIST(rrelu, RReLU, 2) \
  LIST(selu, SELU, 0) \
  LIST(serf, Serf, 0) \
  LIST(sigmoid, Sigmoid, 0) \
  LIST(silu, SiLU, 1) \
  LIST(sine, Sine, 0) \
  LIST(smish, Smish, 0) \
  LIST(snake, Snake, 1) \
  LIST(soft_clipping, SoftClipping, 1) \
  LIST(soft_exponential, SoftExponential, 1) \
  LIST(softplus, Softplus, 1) \
  LIST(softshrink, Softshrink, 1) \
  LIST(softsign, Softsign, 0) \
  LIST(sparse_plus, SparsePlus, 0) \
  LIST(sparse_sigmoid, SparseSigmoid, 0) \
  LIST(squareplus, Squareplus, 1) \
  LIST(starrelu, StarReLU, 2) \
  LIST(tanh, Tanh, 0) \
  LIST(tanhshrink, Tanhshrink, 0) \
  LIST(telu, TeLU, 0) \
  LIST(threshold, Threshold, 2)

#define SLOPES_RESIDUAL_LOSSES(LIST) \
  LIST(andrews_wave, AndrewsWave, 1) \
  LIST(barron, Barron, 2) \
  LIST(cauchy, Cauchy, 1) \
  LIST(epsilon_insensitive, EpsilonInsensitive, 1) \
  LIST(expectile, Expectile, 1) \
  LIST(fair, Fair, 1) \
  LIST(geman_mcclure, GemanMcClure, 1) \
  LIST(hampel, Hampel, 3) \
  LIST(huber, Huber, 1) \
  LIST(log_cosh, LogCosh, 0) \
  LIST(lp, Lp, 1) \
  LIST(mae, MAE, 0) \
  LIST(mse, MSE, 0) \
  LIST(pseudo_huber, PseudoHuber, 1) \
  LIST(quantile, Quantile, 1) \
  LIST(smooth_l1, SmoothL1, 1) \
  LIST(squared_epsilon_insensitive, SquaredEpsilonInsensitive, 1) \
  LIST(student_t_nll, StudentTNLL, 2) \
  LIST(tukey_biweight, TukeyBiweight, 1) \
  LIST(welsch, Welsch, 1)

#define SLOPES_MARGIN_LOSSES(LIST) \
  LIST(exponential_loss, ExponentialLoss, 0) \
  LIST(hinge, Hinge, 0) \
  LIST(modified_huber, ModifiedHuber, 0) \
  LIST(perceptron, Perceptron, 0) \
  LIST(soft_margin, SoftMargin, 0) \
  LIST(squared_hinge, SquaredHinge, 0)

#define SLOPES_PAIR_LOSSES(LIST) \
  LIST(asymmetric, Asymmetric, 3) \
  LIST(binary_cross_entropy, BinaryCrossEntropy, 0) \
  LIST(binary_cross_entropy_with_logits, BinaryCrossEntropyWithLogits, 2) \
  LIST(binary_poly1, BinaryPoly1, 1) \
  LIST(focal, Focal, 2) \
  LIST(gamma_deviance, GammaDeviance, 0) \
  LIST(mape, MAPE, 0) \
  LIST(msle, MSLE, 0) \
  LIST(poisson_deviance, PoissonDeviance, 0) \
  LIST(poisson_nll, PoissonNLL, 0) \
  LIST(smape, SMAPE, 0) \
  LIST(tweedie_deviance, TweedieDeviance, 1)
