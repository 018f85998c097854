"""The training loop that the problems with PyTorch models share."""

import math
import resource
import time
from abc import abstractmethod
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from statistics import fmean
from typing import Any

import numpy as np
import torch
from torch import nn

from slopes.trial import library
from slopes.trial.problem import Problem, Record, explained
from slopes.trial.records import Candidate, CurvePoint, Plan
from slopes.trial.units import UnitCounter

CURVE_POINTS = 20
_WARM_UP = 0.1

Layer = Callable[[], nn.Module]
Loss = library.LossFunction


class TorchProblem(Problem):
    """A task with a PyTorch model: AdamW, linear warm-up, half a cosine down, one thread.

    A plan's seed fixes the initial weights, the batches and what dropout drops, in streams of random
    numbers apart, so that candidates of one seed differ in nothing but their functions.
    """

    weight_decay: float = 0.01
    clip_norm: float = math.inf  #: gradients longer than this are shortened to it

    @abstractmethod
    def network(self, activation: Layer) -> nn.Module:
        """Build the model; each call of ``activation`` gives a fresh layer of the candidate's."""

    @abstractmethod
    def batches(self, plan: Plan, random: torch.Generator) -> Iterator[Any]:
        """Yield ``plan.steps`` batches, drawn from the first ``plan.fraction`` of the training part."""

    @abstractmethod
    def loss(self, network: nn.Module, batch: Any, loss: Loss) -> tuple[torch.Tensor, float | None]:
        """Give the mean loss of a batch and, where that is cheap, its score on the metric's scale."""

    @abstractmethod
    def measure(self, network: nn.Module) -> dict[str, float]:
        """Measure a trained model, in evaluation mode, on the test part."""

    def initialise(self, network: nn.Module, gain: float, weights: torch.Generator) -> None:
        """Give every linear and convolutional layer weights whose spread suits the activation."""
        for layer in network.modules():
            if isinstance(layer, nn.Conv1d | nn.Conv2d | nn.Linear):
                fan_in = layer.weight[0].numel()
                nn.init.normal_(layer.weight, std=gain / math.sqrt(fan_in), generator=weights)
                if layer.bias is not None:
                    nn.init.zeros_(layer.bias)

    def keep(self, network: nn.Module, plan: Plan) -> None:
        """Leave what a trained model makes, such as sound, where people find it."""

    def rehearse(self, candidate: Candidate) -> None:
        """Build the model and take its gradient on one batch; see `Problem.rehearse`."""
        plan = Plan(candidate, 1.0, seed=0, steps=1, phase="trial")
        function, loss = library.activation(candidate.activation), library.loss(candidate.loss)
        with reproducible(plan.seed) as (_, random), explained(self.name, candidate):
            network = self.network(UnitCounter(function).layer)
            value, _ = self.loss(network, next(iter(self.batches(plan, random))), loss)
            value.backward()  # type: ignore[no-untyped-call]

    def train(self, plan: Plan, record: Record) -> dict[str, float]:
        """Train one model and measure it; see `Problem.train`."""
        with reproducible(plan.seed) as (weights, random):
            return self._train(plan, record, weights, random)

    def _train(
        self, plan: Plan, record: Record, weights: torch.Generator, random: torch.Generator
    ) -> dict[str, float]:
        function, loss = library.activation(plan.candidate.activation), library.loss(plan.candidate.loss)
        units = UnitCounter(function)
        network = self.network(units.layer)
        self.initialise(network, library.gain(function), weights)
        optimizer = torch.optim.AdamW(_groups(network, self.weight_decay), lr=plan.learning_rate, fused=True)
        schedule = torch.optim.lr_scheduler.LambdaLR(optimizer, lambda step: rate(step, plan.steps))
        interval = max(1, math.ceil(plan.steps / CURVE_POINTS))
        since, norm = _Since(), math.nan
        network.train()
        start = time.perf_counter()
        for step, batch in enumerate(self.batches(plan, random), start=1):
            value, score = self.loss(network, batch, loss)
            number = value.item()
            if not math.isfinite(number):
                raise FloatingPointError(f"the training loss became {number} at step {step}")
            optimizer.zero_grad()
            value.backward()  # type: ignore[no-untyped-call]
            noted = step % interval == 0 or step == plan.steps
            if noted or self.clip_norm < math.inf:
                norm = float(nn.utils.clip_grad_norm_(network.parameters(), self.clip_norm))
            optimizer.step()
            schedule.step()
            since.add(number, score)
            if noted:
                record(since.point(step, norm))
        seconds = time.perf_counter() - start
        network.eval()
        with torch.inference_mode(), units:
            measures = self.measure(network)
        self.keep(network, plan)
        return {
            **measures,
            **units.shares(),
            "gradient_norm": norm,
            "seconds_per_step": seconds / plan.steps,
            "peak_memory_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
        }


class _Since:
    """Means since the last point of the curve."""

    def __init__(self) -> None:
        self._losses: list[float] = []
        self._scores: list[float] = []

    def add(self, loss: float, score: float | None) -> None:
        self._losses.append(loss)
        if score is not None:
            self._scores.append(score)

    def point(self, step: int, gradient_norm: float) -> CurvePoint:
        score = fmean(self._scores) if self._scores else None
        result = CurvePoint(step, fmean(self._losses), score, gradient_norm)
        self._losses, self._scores = [], []
        return result


def shuffled(count: int, size: int, plan: Plan, random: torch.Generator) -> Iterator[torch.Tensor]:
    """Yield the indices of ``plan.steps`` batches: pass after pass over the data, each in a new order.

    Of ``count`` examples the first ``plan.fraction`` take part, at least one.
    """
    count = max(1, round(count * plan.fraction))
    size = min(size, count)
    order = torch.empty(0, dtype=torch.int64)
    for _ in range(plan.steps):
        if len(order) < size:
            order = torch.randperm(count, generator=random)
        yield order[:size]
        order = order[size:]


def _groups(network: nn.Module, weight_decay: float) -> list[dict[str, object]]:
    # Weight decay pulls to zero. That suits weights; for a bias or for prelu's slope zero is no
    # natural centre (slope 0 is relu).
    parameters = list(network.parameters())
    return [
        {"params": [p for p in parameters if p.ndim > 1], "weight_decay": weight_decay},
        {"params": [p for p in parameters if p.ndim <= 1], "weight_decay": 0.0},
    ]


def rate(step: int, steps: int) -> float:
    """Give the share of the learning rate at a step: linear warm-up, then half a cosine to 0."""
    progress = (step + 1) / (steps + 1)
    if progress < _WARM_UP:
        return progress / _WARM_UP
    return 0.5 * (1 + math.cos(math.pi * (progress - _WARM_UP) / (1 - _WARM_UP)))


@contextmanager
def reproducible(seed: int) -> Iterator[tuple[torch.Generator, torch.Generator]]:
    """Give the streams of the weights and of the batches; fix the global seed and one thread meanwhile.

    Dropout and a model's own initialisation draw from the global seed. Sums over several threads are
    added in an order that depends on their number.
    """
    first, second = np.random.SeedSequence(seed).generate_state(2, np.uint32)
    threads = torch.get_num_threads()
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(seed)
        torch.set_num_threads(1)
        try:
            yield torch.Generator().manual_seed(int(first)), torch.Generator().manual_seed(int(second))
        finally:
            torch.set_num_threads(threads)
