"""The differences of activations, for the one table."""

from tests.parity.difference import Difference

DIFFERENCES = (
    Difference(
        key="hard_sigmoid_derivative",
        ours=("hard_sigmoid",),
        library="torch",
        theirs="torch.nn.functional.hardsigmoid (autograd)",
        what="in float64 the slope is 0.1666666716, 1/6 in float32, and there is no second derivative; "
        "ours is 1/6 and 0",
        why="a float64 gradient should not have float32's digits",
    ),
    Difference(
        key="tanhshrink_beside_0",
        ours=("tanhshrink",),
        library="torch",
        theirs="torch.nn.functional.tanhshrink",
        what="in float32 the value at 0.001 is 3.49e-10 or 2.33e-10; "
        "ours is 3.3333325e-10, the correctly rounded one",
        why="x - tanh(x) cancels beside 0; its continued fraction does not",
    ),
    Difference(
        key="logit_beside_one_half",
        ours=("logit",),
        library="torch, jax",
        theirs="torch.logit, jax.scipy.special.logit",
        what="in float32 the value at 0.5001 is 4.00126e-4 and 4.00106e-4; "
        "ours is 4.00066e-4, the correctly rounded one",
        why="log(x / (1 - x)) rounds odds beside 1; log1p takes by how much they differ from 1, exactly",
    ),
    Difference(
        key="squareplus_tail",
        ours=("squareplus",),
        library="jax",
        theirs="jax.nn.squareplus",
        what="in float32 the value at -10000 is 0 and the derivative 1.26e-8; ours are 1e-4 and 1.00e-8",
        why="x + sqrt(x^2 + b) cancels for negative x",
    ),
    Difference(
        key="softsign_at_infinity",
        ours=("softsign",),
        library="torch, jax",
        theirs="torch.nn.functional.softsign, jax.nn.soft_sign",
        what="at infinity the value is NaN; ours is 1",
        why="a limit exists, and NaN would spread through the network",
    ),
)
