"""Train one network and measure it once."""

import math
import time
from collections.abc import Iterator
from contextlib import contextmanager

import numpy as np
import torch
import torch.nn.functional
from torch import nn

from slopes.trial import library, pairing
from slopes.trial.data import ImageData
from slopes.trial.network import ImageNetwork
from slopes.trial.records import CurvePoint, Plan, Run

BATCH_SIZE = 64
CURVE_POINTS = 20
_WEIGHT_DECAY = 0.01
_WARM_UP = 0.1
_TEST_BATCH = 1000
# Random affine changes: rotation in radians, shift in half image widths, scale and shear relative.
_ROTATION, _SHIFT, _SCALE, _SHEAR = 0.2, 0.15, 0.1, 0.15


def train(plan: Plan, data: ImageData) -> Run:
    """Carry out one plan: train on the training part, then measure on the test part once.

    Whatever goes wrong inside the run is its result, so it is recorded and not raised.
    """
    start = time.perf_counter()
    curve: list[CurvePoint] = []
    accuracy: float | None = None
    error: str | None = None
    try:
        with _reproducible(plan.seed):
            accuracy = _train(plan, data, curve)
    except Exception as caught:
        error = f"{type(caught).__name__}: {caught}"
    return Run(plan, accuracy, tuple(curve), time.perf_counter() - start, error)


def _train(plan: Plan, data: ImageData, curve: list[CurvePoint]) -> float:
    loss_function = library.loss(plan.candidate.loss)
    # Streams of random numbers apart for weights and data: a candidate whose network has other
    # shapes still sees the same batches.
    weights, batches = _generators(plan.seed)
    network = ImageNetwork(
        library.activation(plan.candidate.activation),
        (data.training_images.shape[1], data.training_images.shape[2]),
        data.classes,
        weights,
    )
    optimizer = torch.optim.AdamW(_parameter_groups(network), lr=plan.learning_rate, fused=True)
    schedule = torch.optim.lr_scheduler.LambdaLR(optimizer, lambda step: _rate(step, plan.steps))
    images, labels = _tensors(data.training_images, data.training_labels)
    mean, deviation = _standardization(images)
    interval = max(1, math.ceil(plan.steps / CURVE_POINTS))
    loss_sum, correct, seen = 0.0, 0, 0
    network.train()
    for step, chosen in enumerate(_batches(len(images), plan.steps, batches), start=1):
        batch = images[chosen].float().unsqueeze(1)
        scores = network((_augmented(batch, batches) - mean) / deviation)
        loss = pairing.classification_loss(loss_function, scores, labels[chosen])
        value = loss.item()
        if not math.isfinite(value):
            raise FloatingPointError(f"the training loss became {value} at step {step}")
        optimizer.zero_grad()
        loss.backward()  # type: ignore[no-untyped-call]
        optimizer.step()
        schedule.step()
        loss_sum += value * len(chosen)
        correct += int((scores.argmax(dim=1) == labels[chosen]).sum())
        seen += len(chosen)
        if step % interval == 0 or step == plan.steps:
            curve.append(CurvePoint(step, loss_sum / seen, correct / seen))
            loss_sum, correct, seen = 0.0, 0, 0
    return _accuracy(network, data, mean, deviation)


def _accuracy(network: nn.Module, data: ImageData, mean: float, deviation: float) -> float:
    images, labels = _tensors(data.test_images, data.test_labels)
    network.eval()
    correct = 0
    with torch.inference_mode():
        for part, target in zip(
            torch.split(images, _TEST_BATCH), torch.split(labels, _TEST_BATCH), strict=True
        ):
            scores = network((part.float().unsqueeze(1) - mean) / deviation)
            if not bool(torch.isfinite(scores).all()):
                raise FloatingPointError("the trained network gives scores that are not finite")
            correct += int((scores.argmax(dim=1) == target).sum())
    return correct / len(labels)


def _parameter_groups(network: ImageNetwork) -> list[dict[str, object]]:
    # Weight decay pulls to zero. That suits weights; for a bias or for prelu's slope zero is no
    # natural centre (slope 0 is relu).
    parameters = list(network.parameters())
    return [
        {"params": [p for p in parameters if p.ndim > 1], "weight_decay": _WEIGHT_DECAY},
        {"params": [p for p in parameters if p.ndim <= 1], "weight_decay": 0.0},
    ]


def _rate(step: int, steps: int) -> float:
    """Give the share of the learning rate at a step: linear warm-up, then half a cosine to 0."""
    progress = (step + 1) / (steps + 1)
    if progress < _WARM_UP:
        return progress / _WARM_UP
    return 0.5 * (1 + math.cos(math.pi * (progress - _WARM_UP) / (1 - _WARM_UP)))


def _batches(count: int, steps: int, generator: torch.Generator) -> Iterator[torch.Tensor]:
    size = min(BATCH_SIZE, count)
    order = torch.empty(0, dtype=torch.int64)
    for _ in range(steps):
        if len(order) < size:
            order = torch.randperm(count, generator=generator)
        yield order[:size]
        order = order[size:]


def _augmented(images: torch.Tensor, generator: torch.Generator) -> torch.Tensor:
    count = len(images)
    # Six numbers in [-1, 1) for each image, drawn at once so that the stream never depends on use.
    angle, wide, high, shear, right, down = (2 * torch.rand(6, count, generator=generator) - 1).unbind()
    cosine, sine = torch.cos(_ROTATION * angle), torch.sin(_ROTATION * angle)
    rows = (
        torch.stack([cosine * (1 + _SCALE * wide), _SHEAR * shear - sine, _SHIFT * right], dim=1),
        torch.stack([sine, cosine * (1 + _SCALE * high), _SHIFT * down], dim=1),
    )
    grid = torch.nn.functional.affine_grid(torch.stack(rows, dim=1), list(images.shape), align_corners=False)
    return torch.nn.functional.grid_sample(images, grid, align_corners=False)


def _standardization(images: torch.Tensor) -> tuple[float, float]:
    pixels = images.double()
    # A training part of one grey has no spread; any positive divisor serves it.
    return float(pixels.mean()), float(pixels.std()) or 1.0


def _tensors(
    images: np.ndarray[tuple[int, ...], np.dtype[np.uint8]],
    labels: np.ndarray[tuple[int, ...], np.dtype[np.int64]],
) -> tuple[torch.Tensor, torch.Tensor]:
    # Copies, because arrays that joblib maps into a worker are read-only and torch's are not.
    return torch.tensor(images), torch.tensor(labels)


def _generators(seed: int) -> tuple[torch.Generator, torch.Generator]:
    first, second = np.random.SeedSequence(seed).generate_state(2, np.uint32)
    return (torch.Generator().manual_seed(int(first)), torch.Generator().manual_seed(int(second)))


@contextmanager
def _reproducible(seed: int) -> Iterator[None]:
    """Fix the global seed (dropout draws from it) and one thread, and put both back after.

    Sums over several threads are added in an order that depends on their number.
    """
    threads = torch.get_num_threads()
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(seed)
        torch.set_num_threads(1)
        try:
            yield
        finally:
            torch.set_num_threads(threads)
