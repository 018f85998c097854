"""Where slopes differs from other libraries on purpose, and why.

Every row has a test named `test_difference_<key>` that measures both sides, so the table cannot rot; the
documentation prints it.
"""

from tests.parity.difference import Difference
from tests.parity.differences_of_activations import DIFFERENCES as OF_ACTIVATIONS

TAILS = "a gradient that rounding sets to 0 stops learning where the true one would not"
LIMITS = "a limit exists, and NaN would spread through the network"
ZERO_OVER_ZERO = "a mean over nothing is a mistake in the program; NaN hides where it was made"

DIFFERENCES = (
    # --- tails -------------------------------------------------------------------------------------
    Difference(
        key="sigmoid_derivative_tail",
        ours=("sigmoid",),
        library="torch, jax",
        theirs="torch.sigmoid, jax.nn.sigmoid (autograd)",
        what="in float32 their derivative is 0 from x = 16.75, and 1.19e-7 for 6.03e-8 just below; "
        "ours is right to 1 ULP everywhere (2.06e-9 at 20)",
        why=f"they compute s (1 - s), which cancels; {TAILS}",
    ),
    Difference(
        key="tanh_derivative_tail",
        ours=("tanh",),
        library="torch, jax",
        theirs="torch.tanh, jax.numpy.tanh (autograd)",
        what="in float32 their derivative is 0 from x = 9.25 at the latest (torch) and from 8 (jax); "
        "ours is 3.7e-8 and 4.5e-7 there",
        why=f"they compute 1 - t^2, which cancels; {TAILS}",
    ),
    Difference(
        key="log_sigmoid_second_derivative_tail",
        ours=("log_sigmoid", "softplus"),
        library="torch",
        theirs="torch.nn.functional.logsigmoid, softplus (double backward)",
        what="in float32 their second derivative is 0 at x = 20; ours is -2.06e-9 and 2.06e-9",
        why="they compute s (1 - s), which cancels",
    ),
    Difference(
        key="gelu_tail",
        ours=("gelu",),
        library="torch",
        theirs="torch.nn.functional.gelu",
        what="in float32 the value is 0 below x = -5.75 and wrong by half at -5.5 (float64: 0 below -8.5); "
        "ours is right to 1 ULP down to the underflow",
        why=f"1 + erf(x / sqrt(2)) cancels for negative x; {TAILS}",
    ),
    Difference(
        key="gelu_tanh_tail",
        ours=("gelu_tanh",),
        library="torch, jax",
        theirs="torch.nn.functional.gelu(approximate='tanh'), jax.nn.gelu",
        what="in float32 the value is 0 from x = -5.5 down; ours is -5.9e-9 there",
        why="1 + tanh(u) cancels for negative u; the same number is 2 sigmoid(2 u)",
    ),
    Difference(
        key="silu_tail",
        ours=("silu", "sigmoid"),
        library="torch, jax, scipy",
        theirs="torch.nn.functional.silu, torch.sigmoid, jax.nn.silu, jax.nn.sigmoid, scipy.special.expit",
        what="in float32 the values at x = -90 are 0; ours are -7.37e-38 and 8.19e-40",
        why="e^90 overflows in float32, e^-90 does not underflow",
    ),
    Difference(
        key="cross_entropy_gradient_tail",
        ours=("cross_entropy",),
        library="torch, jax",
        theirs="torch.nn.functional.cross_entropy, jax.nn.log_softmax (autograd)",
        what="in float32 the gradient at the target's logit is 0 from margin 17; ours is minus the sum "
        "of the others (-4.14e-8 at margin 17, -1.93e-22 at 50)",
        why=f"they compute p - 1, which cancels: a row of their gradient does not add up to 0; {TAILS}",
    ),
    Difference(
        key="cross_entropy_value_tail",
        ours=("cross_entropy", "log_softmax"),
        library="torch, jax, scipy",
        theirs="cross_entropy, log_softmax",
        what="in float32 the loss of a right example at margin 20 is 0; ours is 2.06e-9",
        why="log(1 + e^-20) is log1p of a small number",
    ),
    Difference(
        key="softmax_vjp_tail",
        ours=("softmax",),
        library="torch, jax",
        theirs="torch.softmax, jax.nn.softmax (autograd)",
        what="in float32 the derivative of the largest probability in its own logit is 0 at margin 20; "
        "ours is 2.06e-9",
        why=f"they compute p (1 - p) with p rounded to 1; {TAILS}",
    ),
    Difference(
        key="bce_with_logits_gradient_tail",
        ours=("binary_cross_entropy_with_logits",),
        library="torch",
        theirs="torch.nn.functional.binary_cross_entropy_with_logits (autograd)",
        what="in float32 the gradient at logit 20 for target 1 is 0; ours is -2.06e-9",
        why=f"sigmoid(z) - 1 cancels; {TAILS}",
    ),
    Difference(
        key="softplus_threshold",
        ours=("softplus",),
        library="torch",
        theirs="torch.nn.functional.softplus(threshold=20)",
        what="above beta x = 20 the value is x and the slope 1; ours is exact, and there is no threshold",
        why="the threshold costs 2e-9 in float64; log1p(e^-x) needs none",
    ),
    Difference(
        key="soft_margin_overflow",
        ours=("soft_margin",),
        library="torch",
        theirs="torch.nn.functional.soft_margin_loss",
        what="in float32 a wrong example at margin -100 costs inf, with gradient NaN; ours are 100 and -1",
        why="log(1 + e^100) is 100; only the exponential overflows",
    ),
    Difference(
        key="deviance_near_0",
        ours=("gamma_deviance", "poisson_deviance"),
        library="sklearn",
        theirs="sklearn.metrics.mean_gamma_deviance, mean_poisson_deviance",
        what="a prediction wrong by 1e-9 of its target costs 0; ours is 1e-18",
        why="a logarithm and a quotient cancel; their difference is a series",
    ),
    # --- infinities and NaN ---------------------------------------------------------------------------
    Difference(
        key="gated_at_infinity",
        ours=("silu", "gelu", "gelu_tanh"),
        library="torch, jax",
        theirs="silu, gelu",
        what="at x = -inf the value is NaN (torch's gelu also at +inf), and every derivative is NaN at both "
        "infinities; ours are the limits -0 and inf, 0 and 1",
        why=LIMITS,
    ),
    Difference(
        key="softmax_of_one_infinity",
        ours=("softmax", "log_softmax", "cross_entropy"),
        library="torch, jax, scipy",
        theirs="softmax, log_softmax, cross_entropy",
        what="a row with a single +inf gives NaN; ours is the limit, a certain class",
        why=LIMITS,
    ),
    Difference(
        key="bce_with_logits_at_infinity",
        ours=("binary_cross_entropy_with_logits",),
        library="torch",
        theirs="torch.nn.functional.binary_cross_entropy_with_logits",
        what="an infinite logit on the right side gives NaN; ours is 0",
        why=LIMITS,
    ),
    Difference(
        key="derivative_of_nan",
        ours=("relu", "leaky_relu"),
        library="torch",
        theirs="torch.relu, torch.nn.functional.leaky_relu (autograd)",
        what="the derivative at NaN is 1 (relu) and 0.01 (leaky_relu); ours is NaN",
        why="NaN in, NaN out: a number would hide where training broke",
    ),
    # --- kinks and clamps -----------------------------------------------------------------------------
    Difference(
        key="leaky_relu_at_0",
        ours=("leaky_relu",),
        library="jax",
        theirs="jax.nn.leaky_relu (jax.grad)",
        what="the derivative at 0 is 1; ours is negative_slope, as in torch",
        why="continuous from the left, as relu'(0) = 0 is in torch and in JAX itself",
    ),
    Difference(
        key="bce_clamp",
        ours=("binary_cross_entropy",),
        library="torch",
        theirs="torch.nn.functional.binary_cross_entropy",
        what="the logarithm is clamped at -100 and the gradient at -1e12; ours are inf and -inf",
        why="a finite loss hides that the model was certain and wrong; use the logits",
    ),
    Difference(
        key="bce_double_backward",
        ours=("binary_cross_entropy",),
        library="torch",
        theirs="torch.nn.functional.binary_cross_entropy (double backward)",
        what="adds 1e-12 to p (1 - p), in float64 too: wrong in the 9th digit at p = 0.01; ours is exact",
        why="no guard is needed inside (0, 1)",
    ),
    Difference(
        key="mape_of_0",
        ours=("mape",),
        library="sklearn",
        theirs="sklearn.metrics.mean_absolute_percentage_error",
        what="a target of 0 is replaced by 2.2e-16: an error of 1 costs 4.5e15; ours costs inf",
        why="a target of 0 has no percentage, and a huge finite loss hides that",
    ),
    Difference(
        key="poisson_deviance_of_mean_0",
        ours=("poisson_deviance",),
        library="sklearn",
        theirs="sklearn.metrics.mean_poisson_deviance",
        what="a predicted mean of 0 raises ValueError; ours is the limit, inf, or 0 for a count of 0",
        why=LIMITS,
    ),
    Difference(
        key="log_loss_clip",
        ours=("binary_cross_entropy",),
        library="sklearn",
        theirs="sklearn.metrics.log_loss",
        what="probabilities are clipped by the epsilon of their dtype: a certain mistake costs 36.04 in "
        "float64 and 15.94 in float32; ours costs inf",
        why="the clip depends on the dtype, not on the model",
    ),
    # --- defaults, arguments and shapes -----------------------------------------------------------------
    Difference(
        key="gelu_default",
        ours=("gelu",),
        library="jax",
        theirs="jax.nn.gelu",
        what="the default is the tanh approximation; ours is exact, and the approximation is `gelu_tanh`",
        why="as in torch and Keras; one name, one function",
    ),
    Difference(
        key="poisson_nll_full",
        ours=("poisson_nll",),
        library="torch",
        theirs="torch.nn.functional.poisson_nll_loss(full=True, log_input=False)",
        what="full=True adds Stirling's approximation of log(t!), log_input=False takes means; ours takes "
        "logarithms of means and adds nothing",
        why="the term changes no gradient; for means there is `poisson_deviance`",
    ),
    Difference(
        key="smooth_l1_beta_0",
        ours=("smooth_l1",),
        library="torch",
        theirs="torch.nn.functional.smooth_l1_loss",
        what="beta = 0 is the absolute error; ours raises ValueError",
        why="that function is `mae`, and has other facts",
    ),
    Difference(
        key="softmax_axis",
        ours=("softmax", "log_softmax"),
        library="scipy",
        theirs="scipy.special.softmax, log_softmax",
        what="the default axis is None, all entries together; ours is -1",
        why="a batch of rows is the usual input, as in JAX",
    ),
    Difference(
        key="prelu_channels",
        ours=("prelu",),
        library="torch",
        theirs="torch.nn.functional.prelu",
        what="a vector of slopes lies along axis 1; ours broadcasts as NumPy does, along the last axis",
        why="one rule for every array library; write slope[:, None] for channels on axis 1",
    ),
    Difference(
        key="mse_broadcast",
        ours=("mse", "mae", "huber"),
        library="torch",
        theirs="torch.nn.functional.mse_loss, l1_loss, huber_loss",
        what="(N,) against (N, 1) broadcasts to (N, N) with a warning; ours raises ValueError naming both",
        why="it is the most frequent silent mistake of regression programs",
    ),
    Difference(
        key="ignore_index_default",
        ours=("cross_entropy", "nll"),
        library="torch",
        theirs="torch.nn.functional.cross_entropy, nll_loss",
        what="targets of -100 are ignored without being asked; ours ignores nothing unasked",
        why="an index out of range is an error unless somebody meant it",
    ),
    Difference(
        key="class_axis",
        ours=("cross_entropy", "nll"),
        library="torch",
        theirs="torch.nn.functional.cross_entropy, nll_loss",
        what="classes lie along axis 1; ours along the last axis, or along `axis`",
        why="as softmax, and as JAX and Keras",
    ),
    Difference(
        key="target_probabilities_unchecked",
        ours=("cross_entropy",),
        library="torch",
        theirs="torch.nn.functional.cross_entropy",
        what="target probabilities of 3 and -1 are computed with; ours raises ValueError",
        why="logits given as targets are a mistake that a finite loss hides",
    ),
    Difference(
        key="argument_order",
        ours=("mse", "mae", "quantile", "hinge", "binary_cross_entropy"),
        library="sklearn",
        theirs="sklearn.metrics.mean_pinball_loss and the others",
        what="the order is (y_true, y_pred); ours is (prediction, target), which changes the pinball loss",
        why="one order everywhere, that of torch",
    ),
    Difference(
        key="huber_arguments",
        ours=("huber",),
        library="scipy",
        theirs="scipy.special.huber",
        what="takes (delta, residual) and gives one loss for each; ours takes (prediction, target, "
        "delta=1.0) and averages",
        why="one signature for all losses",
    ),
    Difference(
        key="hinge_labels",
        ours=("hinge",),
        library="sklearn",
        theirs="sklearn.metrics.hinge_loss",
        what="labels 0 and 1 are read as -1 and 1; ours raises ValueError",
        why="a silent recoding would hide a target of the wrong kind",
    ),
    # --- means, weights and types -----------------------------------------------------------------------
    Difference(
        key="class_weight_of_probabilities",
        ours=("cross_entropy",),
        library="torch",
        theirs="torch.nn.functional.cross_entropy(weight=...)",
        what="with class weights and probability targets the mean divides by N; ours divides by the class "
        "weight that the targets carry",
        why="a one-hot row must equal its class index, for which torch does divide by the weight",
    ),
    Difference(
        key="weighted_mean",
        ours=("huber", "binary_cross_entropy", "binary_cross_entropy_with_logits"),
        library="torch",
        theirs="huber_loss, binary_cross_entropy, binary_cross_entropy_with_logits (weight=...)",
        what="the weighted mean divides by N; ours divides by the sum of the weights",
        why="a weight of 2 must equal a repeated example, as in torch's own mse_loss and l1_loss",
    ),
    Difference(
        key="mean_over_nothing",
        ours=("mse", "cross_entropy"),
        library="torch",
        theirs="mse_loss of an empty tensor, cross_entropy with every target ignored",
        what="the mean is NaN; ours raises ValueError",
        why=ZERO_OVER_ZERO,
    ),
    Difference(
        key="result_dtype",
        ours=("mse", "mae", "quantile"),
        library="sklearn",
        theirs="sklearn.metrics.mean_squared_error and the others",
        what="the mean of float32 arrays is a Python float; ours is a float32 scalar",
        why="the result has the input's dtype",
    ),
    Difference(
        key="small_integers",
        ours=("tanh",),
        library="numpy",
        theirs="numpy.tanh",
        what="int8 becomes float16; ours becomes float64, as every integer does",
        why="the integer's width says nothing about the precision that is wanted",
    ),
    Difference(
        key="integer_input",
        ours=("silu", "gelu"),
        library="torch",
        theirs="torch.nn.functional.silu, gelu",
        what="an integer tensor raises NotImplementedError; ours becomes torch's default float",
        why="one rule for all functions, that of torch.sigmoid",
    ),
    *OF_ACTIVATIONS,
)
