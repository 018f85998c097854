"""`sharded_cross_entropy` on two processes, beside `slopes.cross_entropy` of all logits on one."""

import traceback
from datetime import timedelta

import pytest
import torch
import torch.distributed as dist
import torch.multiprocessing as mp

import slopes
from slopes.torch import sharded_cross_entropy

CLASSES, ROWS = 11, (3, 4)
BF16, ULP = torch.bfloat16, 2**-8
SPLITS = ((4, 7), (11, 0), (0, 11))


def batch(dtype=torch.float64, spread=3.0):
    generator = torch.Generator().manual_seed(0)
    logits = spread * torch.randn((*ROWS, CLASSES), generator=generator, dtype=torch.float64)
    target = torch.randint(0, CLASSES, ROWS, generator=generator)
    return logits.to(dtype), target


def shard(x, split, rank):
    return x.split(split, -1)[rank].clone()


def agrees(rank):
    """Value and gradient are those of the unsharded loss, in every way of calling it."""
    weights = torch.arange(1.0, 1 + CLASSES, dtype=torch.float64)
    for dtype, near, nearly in ((torch.float64, 1e-14, 4e-14), (torch.float32, 4e-7, 2e-6), (BF16, ULP, ULP)):
        logits, target = batch(dtype)
        for split in SPLITS:
            for own, options in (
                ({}, {}),
                ({}, {"reduction": "sum"}),
                ({}, {"reduction": "none"}),
                ({}, {"label_smoothing": 0.125, "ignore_index": 3}),
                ({"class_weight": shard(weights, split, rank)}, {"class_weight": weights}),
                (
                    {"class_weight": shard(weights, split, rank), "ignore_index": 0},
                    {"class_weight": weights, "label_smoothing": 0.25, "reduction": "sum", "ignore_index": 0},
                ),
            ):
                given = {**options, **own}
                whole = logits.clone().requires_grad_()
                mine = shard(logits, split, rank).requires_grad_()
                expected = slopes.cross_entropy(whole, target, **options)
                found = sharded_cross_entropy(mine, target, **given)
                assert found.dtype is dtype
                assert found.shape == expected.shape
                weight = torch.linspace(1, 2, expected.numel()).reshape(expected.shape).to(dtype)
                (found * weight).sum().backward()
                (expected * weight).sum().backward()
                case = f"{dtype} {split} {options}"
                torch.testing.assert_close(found, expected, rtol=near, atol=near, msg=case)
                slope = shard(whole.grad, split, rank)
                torch.testing.assert_close(mine.grad, slope, rtol=nearly, atol=near, msg=case)


def keeps_tails(rank):
    """Where the loss is almost 0, and beyond where exponentials overflow; infinities and NaN as unsharded."""
    logits = torch.tensor([[0.0, 40.0, -3.0, 1.0], [1e4, 1e4, 0.0, -1e4], [0.0, -torch.inf, 1.0, 2.0]])
    for split in ((1, 3), (2, 2), (3, 1)):
        whole, mine = logits.clone().requires_grad_(), shard(logits, split, rank).requires_grad_()
        target = torch.tensor([1, 2, 3])
        expected = slopes.cross_entropy(whole, target, reduction="none")
        found = sharded_cross_entropy(mine, target, reduction="none")
        torch.testing.assert_close(found, expected, rtol=4e-7, atol=0)
        assert found[0] > 0
        found.sum().backward()
        expected.sum().backward()
        torch.testing.assert_close(mine.grad, shard(whole.grad, split, rank), rtol=4e-7, atol=0)
    holes = torch.where(torch.arange(4) == 1, torch.nan, logits).requires_grad_()
    ignored = torch.tensor([-100, -100, -100])
    mine = shard(holes.detach(), (2, 2), rank).requires_grad_()
    total = sharded_cross_entropy(mine, ignored, ignore_index=-100, reduction="sum")
    total.backward()
    assert total == 0
    assert not mine.grad.any()
    assert sharded_cross_entropy(mine.detach(), torch.tensor([1, 1, 1]), reduction="none").isnan().all()


def trains_a_layer(rank):
    """A linear layer, split by classes, gets the weight of the whole layer after a step."""
    logits, target = batch()
    layer = torch.nn.Linear(CLASSES, CLASSES, dtype=torch.float64)
    dist.broadcast(layer.weight.data, 0)
    dist.broadcast(layer.bias.data, 0)
    rows = (4, 7)
    mine = [p.detach().split(rows)[rank].clone().requires_grad_() for p in layer.parameters()]
    sharded_cross_entropy(torch.nn.functional.linear(logits, *mine), target).backward()
    slopes.cross_entropy(layer(logits), target).backward()
    for whole, part in zip(layer.parameters(), mine, strict=True):
        torch.testing.assert_close(part.grad, whole.grad.split(rows)[rank])


def fails_alike(rank):
    """Every mistake, on one rank or on all, is the same kind of error on both; nobody waits for ever."""
    logits, target = batch()
    mine = shard(logits, (4, 7), rank)
    odd = rank == 1  # the rank that makes a mistake
    weight = torch.ones(mine.shape[-1] + odd)
    cases = [
        (mine, target + 3, {}, ValueError, r"class indices must lie between 0 and 10, got 13"),
        (mine, target - 1, {}, ValueError, r"class indices must lie between 0 and 10, got -1"),
        (mine, torch.where(target == 3, 99, target) if odd else target, {}, ValueError, "the largest target"),
        (mine, target.flip(0) if odd else target, {}, ValueError, "the sum of all targets"),
        (mine, target[:2] if odd else target, {}, ValueError, r"target has shape \(2, 4\).*on rank 1"),
        (
            mine[:2] if odd else mine,
            target[:2] if odd else target,
            {},
            ValueError,
            "must be the same on all ranks",
        ),
        (mine.float() if odd else mine, target, {}, ValueError, "the dtype of the logits must be the same"),
        (
            mine.long() if odd else mine,
            target,
            {},
            TypeError,
            r"logits must be floats, got int64 \(on rank 1\)",
        ),
        (
            mine,
            target.double() if odd else target,
            {},
            TypeError,
            "class indices must be integers.*on rank 1",
        ),
        (mine, target, {"class_weight": weight}, ValueError, r"class_weight has shape \(8,\).*\(on rank 1\)"),
        (
            mine,
            target,
            {"class_weight": weight[:7]} if odd else {},
            ValueError,
            "whether there are class weights",
        ),
        (
            mine,
            target,
            {"label_smoothing": 2.0 * odd},
            ValueError,
            "label_smoothing must be .*got 2.0.*rank 1",
        ),
        (
            mine,
            target,
            {"label_smoothing": 0.5 * odd},
            ValueError,
            "reduction, label_smoothing, ignore_index and",
        ),
        (
            mine,
            target,
            {"reduction": "mean" if odd else "avg"},
            ValueError,
            r"reduction must be.*\(on rank 0\)",
        ),
        (mine, target * 0, {"ignore_index": 0}, ValueError, "a mean over nothing"),
        (mine[..., :0], target, {}, ValueError, "there must be at least one class"),
    ]
    for x, t, options, error, message in cases:
        with pytest.raises(error, match=message):
            sharded_cross_entropy(x, t, **options)
    assert sharded_cross_entropy(mine, target) > 0  # the group works on


def work(rank, file, errors):
    """Run all checks on one process; what fails goes back as text."""
    torch.set_num_threads(1)
    dist.init_process_group(
        "gloo", init_method=f"file://{file}", rank=rank, world_size=2, timeout=timedelta(seconds=60)
    )
    for check in (agrees, keeps_tails, trains_a_layer, fails_alike):
        try:
            check(rank)
        except BaseException:
            errors.put(f"{check.__name__} on rank {rank}:\n{traceback.format_exc()}")
            break
        dist.barrier()
    dist.destroy_process_group()


def test_two_processes_get_the_unsharded_loss(tmp_path):
    context = mp.get_context("spawn")
    errors = context.SimpleQueue()
    mp.spawn(work, (str(tmp_path / "store"), errors), nprocs=2)
    assert errors.empty(), errors.get()


def test_a_group_is_needed():
    with pytest.raises(RuntimeError, match="call torch"):
        sharded_cross_entropy(*batch())
