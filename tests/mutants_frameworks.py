"""Errors planted in what runs on JAX, TensorFlow and Keras: file, old, new, functions, tests."""

JAX = "tests/api/test_jax_arrays.py"
TENSORFLOW = "tests/api/test_tensorflow_tensors.py"
AGREEMENT = "tests/agreement/test_agreement.py -k tensorflow-float64"
OPTIONS = "tests/agreement/test_options.py -k tensorflow"

FRAMEWORKS = (
    ("src/slopes/backends/jax.py", "_plain if isinstance(op, Rowwise) else _call", "_call", "", JAX),
    ("src/slopes/backends/jax.py", "not isinstance(condition, jax.core.Tracer) and ", "", "", JAX),
    (
        "src/slopes/core/rows.py",
        "back = Op(lambda m, x, _cotangent, cotangent: self.vjp",
        "back = Op(lambda m, x, _cotangent, cotangent: self.jvp",
        "",
        JAX,
    ),
    ("src/slopes/keras/loss.py", "ops.mean(each, axis=-1) if", "each if", "", "tests/keras -k torch"),
    ("src/slopes/keras/loss.py", "tuple(range(1, len(y_pred.shape)))", "None", "", "tests/keras -k torch"),
    ("src/slopes/backends/plain_math.py", "(1 - 0.5 * error)", "(1 + 0.5 * error)", "", AGREEMENT),
    (
        "src/slopes/backends/tensorflow.py",
        "if a.dtype.is_floating else None",
        "if i == 0 else None",
        "",
        TENSORFLOW,
    ),
    (
        "src/slopes/backends/tensorflow.py",
        "return Length(self.tensor * _plain(other))",
        "return Length(self.tensor)",
        "",
        TENSORFLOW,
    ),
    ("src/slopes/backends/tensorflow.py", "order.insert(place, axis)", "order.append(axis)", "", OPTIONS),
    (
        "src/slopes/backends/tensorflow_math.py",
        "if n == 1 and x.shape[i] != 1",
        "if n == 1 and x.shape[i] == 1",
        "",
        OPTIONS,
    ),
    ("src/slopes/api/function.py", "            as_it_is(method)", "            pass", "", TENSORFLOW),
)
