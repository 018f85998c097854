"""Cases of the peers' suites that fail on purpose, with their reasons, and functions that come later."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Difference:
    """Cases of one suite that fail for one reason."""

    suite: str
    why: str
    cases: tuple[str, ...]


ONE_AXIS = "a row lies along one axis here; several are made one by a reshape, where their order can be seen"
CLIPPED = (
    "Keras clips probabilities by 1e-7, so that a certain mistake costs 16; here it costs inf, as the "
    "formula says"
)
OTHER_WORDS = "both raise ValueError; the words of the error are tested, and ours name both shapes in others"

DIFFERENCES = (
    Difference(
        "onnx_nodes",
        "PyTorch's slopes lie along axis 1; here they broadcast as NumPy and ONNX's own PRelu do",
        ("test_PReLU_1d_multiparam", "test_PReLU_2d_multiparam", "test_PReLU_3d_multiparam"),
    ),
    Difference(
        "onnx_nodes",
        "the identity of ONNX passes on lists and absent values; ours is a function of numbers",
        ("test_identity_opt", "test_identity_sequence"),
    ),
    Difference(
        "keras_activations",
        ONE_AXIS,
        (
            "ActivationsTest.test_log_softmax_3d_axis_tuple",
            "ActivationsTest.test_log_softmax_higher_dim",
            "ActivationsTest.test_log_softmax_higher_dim_multiple_axes",
            "ActivationsTest.test_softmax_3d_axis_tuple",
            "ActivationsTest.test_softmax_higher_dim",
            "ActivationsTest.test_softmax_higher_dim_multiple_axes",
        ),
    ),
    Difference(
        "keras_activations",
        "Keras's relu takes a maximum and a threshold; here relu, relu6 and leaky_relu are three functions",
        (
            "ActivationsTest.test_relu_combined_all_parameters",
            "ActivationsTest.test_relu_combined_threshold_and_max_value",
            "ActivationsTest.test_relu_max_value",
            "ActivationsTest.test_relu_threshold",
        ),
    ),
    Difference(
        "keras_activations",
        "the register of Keras holds Keras's functions, not the shims",
        ("ActivationsTest.test_get_method",),
    ),
    Difference(
        "keras_losses",
        CLIPPED,
        (
            "BinaryCrossentropyTest.test_sample_weighted",
            "BinaryCrossentropyTest.test_scalar_weighted",
            "BinaryCrossentropyTest.test_unweighted",
        ),
    ),
    Difference(
        "keras_losses",
        OTHER_WORDS,
        ("BinaryCrossentropyTest.test_shape_mismatch", "CategoricalCrossentropyTest.test_shape_mismatch"),
    ),
    Difference(
        "keras_losses",
        "Keras counts a score of 0 among the wrong ones; here, as in the paper, only wrong scores count",
        ("CategoricalHingeTest.test_unweighted",),
    ),
    Difference(
        "keras_losses",
        "the targets are -5 and -2, which Keras takes for 1e-7; here a target must be above -1, so that the "
        "logarithm of 1 + target exists",
        tuple(
            f"MeanSquaredLogarithmicErrorTest.test_{case}"
            for case in (
                "dtype_arg",
                "mean_with_sample_weight_reduction",
                "sample_weighted",
                "scalar_weighted",
                "timestep_weighted",
                "unweighted",
                "zero_weighted",
            )
        ),
    ),
    Difference(
        "keras_losses",
        "the predictions are 4 and 6 and a target is 2; here what is no probability is an error",
        (
            "DiceTest.test_correctness",
            "DiceTest.test_dtype_arg",
            "TverskyTest.test_correctness",
            "TverskyTest.test_correctness_custom_coefficients",
            "TverskyTest.test_dtype_arg",
        ),
    ),
    Difference(
        "keras_losses",
        "Keras's class leaves samples of loss 0 out of the mean; here a mean is over all samples",
        (
            "CircleTest.test_correctness",
            "CircleTest.test_correctness_weighted",
            "CircleTest.test_mean_with_sample_weight_reduction",
        ),
    ),
    Difference(
        "optax_losses",
        ONE_AXIS,
        tuple(f"SoftmaxCrossEntropyWithIntegerLabelsTest.test_axes{i}" for i in range(8)),
    ),
    Difference(
        "optax_losses",
        "the case moves target probabilities below 0 and above 1 to differentiate in them; here that is an "
        "error, because logits given as targets are a mistake that a finite loss hides",
        ("SafeSoftmaxCrossEntropyTest.test_gradient", "SoftmaxCrossEntropyTest.test_gradient"),
    ),
)

#: functions that shims name and that are not in the register yet; a shim uses its function once it is there
LATER: tuple[str, ...] = ()
