"""Cross-entropy over classes that are split among the processes of a group."""

import zlib
from functools import partial
from typing import Any, NamedTuple

import torch
import torch.distributed as dist
from torch import Tensor

from slopes.api.arrays import class_indices, floating, not_ignored, one_reduction, weights
from slopes.api.loss import mean_divisor
from slopes.backends.torch import BACKEND as TORCH
from slopes.backends.torch_math import MATH

NAME = "sharded_cross_entropy"
BACKEND: Any = TORCH


def sharded_cross_entropy(
    logits: Tensor,
    target: Tensor,
    *,
    class_weight: Tensor | None = None,
    label_smoothing: float = 0.0,
    ignore_index: int | None = None,
    reduction: str = "mean",
    group: Any = None,
) -> Tensor:
    """Return `slopes.cross_entropy` of logits whose last axis, the classes, is split among processes.

    Every process of the group calls it with its own shard of the logits and the same targets; each gets the
    whole loss, and by `backward` the gradient of its shard. The classes are numbered through the shards in
    the order of ranks. Of the logits only sums and maxima of rows are exchanged, in two steps forward and
    none backward, and what is kept for `backward` beside the logits has the size of the targets.

    Parameters
    ----------
    logits : Tensor
        Shape (..., K_r), a floating dtype, the same on all ranks but for K_r, which may be 0.
    target : Tensor
        Shape (...), class indices from 0 to the sum of all K_r, less 1; the same on all ranks.
    class_weight : Tensor, optional
        Shape (K_r,): the weights of this shard's classes.
    label_smoothing : float, default 0.0
        The share of the target that is spread over all classes, from 0 to 1.
    ignore_index : int, optional
        A class index whose rows count nowhere and send no gradient.
    reduction : {"mean", "sum", "none"}, default "mean"
        As of `slopes.cross_entropy`: the mean is weighted by the target's class weight.
    group : torch.distributed.ProcessGroup, optional
        By default that of all processes.

    Returns
    -------
    Tensor
        On every rank the same: a scalar, or with reduction="none" a loss for each row, in the dtype of the
        logits.

    Raises
    ------
    RuntimeError
        Where torch.distributed is not initialised, or the process is not of the group.
    TypeError, ValueError
        For bad input on any rank, on every rank: the others do not wait for one that has failed.

    Notes
    -----
    Derivatives of second order, and forward mode, are not defined across processes.

    Examples
    --------
    Among one process there is one shard:

    >>> import torch
    >>> import torch.distributed as dist
    >>> import slopes.torch
    >>> dist.init_process_group("gloo", store=dist.HashStore(), rank=0, world_size=1)
    >>> slopes.torch.sharded_cross_entropy(torch.tensor([[0.0, 0.0]]), torch.tensor([1]))
    tensor(0.6931)
    >>> dist.destroy_process_group()
    """
    rank = _rank(group)
    given = _Given(logits, target, class_weight, label_smoothing, ignore_index, reduction)
    error: Exception | None = None
    header = [1] * (2 + len(_AGREED))
    try:
        header = given.checked()
    except (TypeError, ValueError) as found:
        error = found
    headers = _headers(header, given, group)
    if any(failed for failed, *_ in headers):
        _raise(error, group)
    for what, values in zip(_AGREED, zip(*(agreed for _, _, *agreed in headers), strict=True), strict=True):
        if len(set(values)) > 1:
            raise ValueError(f"{NAME}: {what} must be the same on all ranks; by rank: {list(values)}")
    counts = [count for _, count, *_ in headers]
    classes, (lowest, highest) = sum(counts), headers[0][2:4]
    if not classes:
        raise ValueError(f"{NAME}: there must be at least one class, and all shards are empty")
    if lowest < 0 or highest >= classes:
        wrong = lowest if lowest < 0 else highest
        raise ValueError(f"{NAME}: class indices must lie between 0 and {classes - 1}, got {wrong}")
    place = _Place(classes, sum(counts[:rank]), rank, group)
    index, keep = given.indices(), given.keep()
    losses, carried = _Rows.apply(  # type: ignore[no-untyped-call]
        logits, index, class_weight, keep, float(label_smoothing), place
    )
    if reduction == "none":
        return losses.to(logits.dtype)  # type: ignore[no-any-return]
    total = losses.sum()
    if reduction == "mean":
        weight = None if class_weight is None else carried
        total = total / mean_divisor(BACKEND, NAME, weight, keep, tuple(index.shape))
    return total.to(logits.dtype)  # type: ignore[no-any-return]


#: what the entries of a header behind the first two say: it must be the same on all ranks
_AGREED = (
    "the smallest target",
    "the largest target",
    "the number of targets",
    "the sum of all targets, each times its place",
    "the dtype of the logits",
    "reduction, label_smoothing, ignore_index and whether there are class weights",
)


class _Given(NamedTuple):
    """The arguments on one rank."""

    logits: Any
    target: Any
    class_weight: Any
    label_smoothing: Any
    ignore_index: Any
    reduction: Any

    def indices(self) -> Tensor:
        return class_indices(BACKEND, NAME, self.target)  # type: ignore[no-any-return]

    def keep(self) -> Any:
        return not_ignored(BACKEND, NAME, self.target, self.ignore_index)

    def checked(self) -> list[int]:
        """Check what one rank can check by itself, and return what it tells the others."""
        one_reduction(NAME, self.reduction)
        for what, x in (("logits", self.logits), ("target", self.target)):
            if not isinstance(x, Tensor):
                raise TypeError(f"{NAME}: {what} must be a tensor, got {type(x).__name__}")
        share = self.label_smoothing
        if isinstance(share, bool) or not isinstance(share, int | float) or not 0 <= share <= 1:
            raise ValueError(f"{NAME}: label_smoothing must be at least 0 and at most 1, got {share!r}")
        x, target = self.logits, self.target
        if not x.is_floating_point():
            raise TypeError(f"{NAME}: logits must be floats, got {BACKEND.dtype_name(x)}")
        floating(BACKEND, "logits", x)
        if not x.ndim or x.shape[:-1] != target.shape:
            raise ValueError(
                f"{NAME}: logits has shape {tuple(x.shape)} and target has shape {tuple(target.shape)}; "
                "the target must have the shape of the logits without their last axis"
            )
        index, keep = self.indices().reshape(-1), self.keep()
        self._check_class_weight()
        counted = index if keep is None else index[keep.reshape(-1)]
        counted = counted if counted.numel() else index.new_zeros(1)
        options = (self.reduction, float(share), self.ignore_index, self.class_weight is None)
        return [
            0,
            x.shape[-1],
            int(counted.min()),
            int(counted.max()),
            index.numel(),
            int((index * torch.arange(1, index.numel() + 1, device=index.device)).sum()),
            zlib.crc32(str(x.dtype).encode()),
            zlib.crc32(repr(options).encode()),
        ]

    def _check_class_weight(self) -> None:
        if self.class_weight is None:
            return
        weight = weights(BACKEND, NAME, "class_weight", self.class_weight, self.logits)
        if weight.shape != self.logits.shape[-1:]:
            raise ValueError(
                f"{NAME}: class_weight has shape {tuple(weight.shape)}; "
                f"it must have one entry for each of the {self.logits.shape[-1]} classes of its shard"
            )
        if weight.requires_grad:
            raise ValueError(f"{NAME}: class_weight takes no gradient; pass class_weight.detach()")


class _Place(NamedTuple):
    """Where a shard is among all classes."""

    classes: int
    first: int
    rank: int
    group: Any


def _rank(group: Any) -> int:
    if not (dist.is_available() and dist.is_initialized()):
        raise RuntimeError(f"{NAME}: call torch.distributed.init_process_group first")
    rank = dist.get_rank(group)
    if rank < 0:
        raise RuntimeError(f"{NAME}: this process is not of the group")
    return rank


def _headers(header: list[int], given: _Given, group: Any) -> list[list[int]]:
    """Exchange headers, by which every rank knows whether all can go on."""
    device = given.logits.device if isinstance(given.logits, Tensor) else None
    own = torch.tensor(header, device=device)
    return [gathered.tolist() for gathered in _gathered(own, group)]


def _gathered(x: Tensor, group: Any) -> list[Tensor]:
    found = [torch.empty_like(x) for _ in range(dist.get_world_size(group))]
    dist.all_gather(found, x, group=group)
    return found


def _raise(error: Exception | None, group: Any) -> None:
    """Raise the error of the first rank that has one, on every rank."""
    errors: list[Exception | None] = [None] * dist.get_world_size(group)
    dist.all_gather_object(errors, error, group=group)
    rank, first = next((r, e) for r, e in enumerate(errors) if e is not None)
    raise type(first)(f"{first} (on rank {rank})") from error


class _Rows(torch.autograd.Function):
    """The losses of all rows, and the class weights that their targets carry.

    As in the unsharded loss, the largest logit of a row counts as exactly 1 and is left out of the sum of the
    others, so that nothing is lost where the loss is almost 0; one rank has it.
    """

    @staticmethod
    def forward(
        ctx: Any,
        logits: Tensor,
        target: Tensor,
        class_weight: Tensor | None,
        keep: Tensor | None,
        smoothing: float,
        place: _Place,
    ) -> tuple[Tensor, Tensor]:
        shard = partial(_Part, target=target, class_weight=class_weight, keep=keep, place=place)
        part = shard(logits, smoothing=smoothing)
        largest, top = part.largest()
        e = part.exponentials(largest, top)
        is_top, q = part.at(top), part.masses()
        gap = torch.where(is_top, 0.0, largest[..., None] - part.x)
        sums = torch.stack(
            (
                e.sum(-1),
                MATH.times(q, gap).sum(-1),
                torch.where(is_top, 0.0, q).sum(-1),
                torch.where(is_top, q, 0.0).sum(-1),
                part.weighted(part.one_hot()).sum(-1),
            )
        )
        dist.all_reduce(sums, group=place.group)
        others, value, mass, top_mass, carried = sums
        losses = value + (mass + top_mass) * torch.log1p(others)
        ctx.part = partial(shard, smoothing=smoothing)
        ctx.save_for_backward(logits, largest, top, others, mass, top_mass)
        ctx.mark_non_differentiable(carried)
        return part.kept(losses), part.kept(carried)

    @staticmethod
    @torch.autograd.function.once_differentiable
    def backward(ctx: Any, cotangent: Tensor, _: Any) -> tuple[Tensor | None, ...]:
        logits, largest, top, others, mass, top_mass = ctx.saved_tensors
        part = ctx.part(logits)
        p = part.exponentials(largest, top) / (1 + others)[..., None]
        total = mass + top_mass
        # at the largest logit p total - q = mass of the others - (1 - p) total, and 1 - p is known
        at_top = (mass - others / (1 + others) * total)[..., None]
        gradient = torch.where(part.at(top), at_top, p * total[..., None] - part.masses())
        gradient = part.kept(cotangent)[..., None] * gradient
        return gradient.to(logits.dtype), None, None, None, None, None


class _Part:
    """A shard while it is computed with, in float32 at least; rows that do not count are 0."""

    def __init__(
        self,
        logits: Tensor,
        target: Tensor,
        class_weight: Tensor | None,
        keep: Tensor | None,
        smoothing: float,
        place: _Place,
    ) -> None:
        x = logits.float() if logits.dtype in (torch.float16, torch.bfloat16) else logits
        self.x = x if keep is None else torch.where(keep[..., None], x, 0.0)
        self.target = target if keep is None else torch.where(keep, target, 0)
        self.class_weight = None if class_weight is None else class_weight.to(x)
        self.keep, self.smoothing, self.place = keep, smoothing, place

    def kept(self, rows: Tensor) -> Tensor:
        return rows if self.keep is None else torch.where(self.keep, rows, 0.0)

    def at(self, index: Tensor) -> Tensor:
        """Where a place among the shard's own classes is."""
        classes = torch.arange(self.x.shape[-1], device=self.x.device)
        return index[..., None] == classes

    def one_hot(self) -> Tensor:
        return self.at(self.target - self.place.first).to(self.x.dtype)

    def weighted(self, q: Tensor) -> Tensor:
        return q if self.class_weight is None else self.class_weight * q

    def masses(self) -> Tensor:
        """What the target gives to each class of the shard."""
        share = self.smoothing
        return self.weighted((1 - share) * self.one_hot() + share / self.place.classes)

    def largest(self) -> tuple[Tensor, Tensor]:
        """The largest logit of each row, and its place in this shard, -1 where another rank has it."""
        rows, classes = self.x.shape[:-1], self.x.shape[-1]
        own = self.x.amax(-1) if classes else self.x.new_full(rows, -torch.inf)
        each = torch.stack(_gathered(own, self.place.group))
        owner = each.argmax(0)
        place = self.x.argmax(-1) if classes else torch.zeros_like(owner)
        top = torch.where(owner == self.place.rank, place, -1)
        return each.amax(0), top

    def exponentials(self, largest: Tensor, top: Tensor) -> Tensor:
        """Of the logits less the largest, but for the largest itself."""
        e = MATH.exp_difference(self.x, largest[..., None])
        return torch.where(self.at(top), 0.0, e)
