"""Deliberate differences of the losses of several arrays."""

from tests.parity.difference import Difference

DIFFERENCES = (
    Difference(
        key="triplet_margin_eps",
        ours=("triplet_margin",),
        library="torch",
        theirs="torch.nn.functional.triplet_margin_loss",
        what="1e-6 is added to every difference before its norm, so that an anchor at its own positive has a "
        "distance of 2e-6 (four entries); ours is 0",
        why="the norm has a derivative by choice at 0, which is 0; nothing needs to be added",
    ),
    Difference(
        key="gaussian_nll_floor",
        ours=("gaussian_nll",),
        library="torch",
        theirs="torch.nn.functional.gaussian_nll_loss",
        what="variances are raised to 1e-6; ours takes every variance above 0 as it is",
        why="a floor hides how sure the model was; add yours to the variance, where it can be seen",
    ),
    Difference(
        key="multilabel_margin_targets",
        ours=("multilabel_margin",),
        library="torch",
        theirs="torch.nn.functional.multilabel_margin_loss",
        what="takes the indices of the labels, padded by -1; ours takes a row of zeros and ones",
        why="as all other losses of label sets",
    ),
    Difference(
        key="ctc_logits",
        ours=("ctc",),
        library="torch",
        theirs="torch.nn.functional.ctc_loss",
        what="takes log-probabilities, time first; ours takes logits, (N, T, C). In float32 a frame that is "
        "right by a margin of 30 has loss 0 there; ours is 1.87e-13",
        why="the logarithm of a probability near 1 keeps its digits only where it is made from logits",
    ),
    Difference(
        key="ctc_mean",
        ours=("ctc",),
        library="torch",
        theirs="torch.nn.functional.ctc_loss",
        what="divides each loss by the length of its target before the mean over sequences; ours is the mean "
        "of the losses",
        why="as every mean here",
    ),
)
