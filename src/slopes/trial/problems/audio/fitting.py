"""What each loss compares in speech enhancement: one table for all losses of the library.

======================================  =============================================================
loss                                    what it compares
======================================  =============================================================
every residual loss (mse, mae, huber)   compressed spectra: magnitudes, real and imaginary parts
si_sdr, snr                             waveforms, an utterance a row
log_spectral                            powers, a frame a row
a pointwise loss of two positive        powers, element by element; gamma_deviance is the distance of
numbers (gamma_deviance, msle)          Itakura and Saito
======================================  =============================================================
"""

from collections.abc import Callable
from math import inf
from typing import Any

import torch

from slopes.trial.library import LossFunction
from slopes.trial.problems.audio import spectra
from slopes.trial.problems.audio.network import compressed, power

Shape = Callable[[torch.Tensor], torch.Tensor]


def _waveforms(spectrum: torch.Tensor) -> torch.Tensor:
    return spectra.waveform(spectrum, (spectrum.shape[-2] - 1) * spectra.HOP)


_ARRAY_LOSSES: dict[str, Shape] = {"si_sdr": _waveforms, "snr": _waveforms, "log_spectral": power}


def shape(loss: LossFunction) -> Shape:
    """Give what turns a spectrum into what a loss compares.

    Raises
    ------
    ValueError
        If the loss compares no real signals; the message says why.
    """
    definition: Any = getattr(loss, "definition", None)
    if loss.name in _ARRAY_LOSSES:
        return _ARRAY_LOSSES[loss.name]
    if loss.kind == "residual_loss":
        return compressed
    if loss.kind == "pointwise_loss" and loss.takes != "log_means" and _holds_powers(definition):
        return power
    compares = _COMPARES.get(loss.kind, loss.takes.replace("_", " "))
    raise ValueError(
        f"{loss.name!r} compares {compares}; speech enhancement has spectra and waveforms, for a residual "
        "loss such as mse, mae or huber, for si_sdr, snr or log_spectral, or for a loss of positive numbers "
        "such as gamma_deviance"
    )


_COMPARES = {
    "row_loss": "scores of classes",
    "margin_loss": "a score with one of two classes",
    "logit_loss": "a logit with a probability",
    "probability_loss": "probabilities",
    "array_loss": "other arrays than a prediction and a target of real signals",
}


def _holds_powers(definition: Any) -> bool:
    return all(low <= 0 and high == inf for low, high in (definition.predictions, definition.targets))
