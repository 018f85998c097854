"""Recurrent layers whose activation can be exchanged."""

import math

import torch
from torch import nn

from slopes.trial.torch_problem import Layer


class RecurrentLayer(nn.Module):
    """Gated recurrent units (Cho and others, 2014) with any activation where the usual ones have tanh.

    With state h, input x and activation f, a unit computes::

        r = sigmoid(W_r x + U_r h)              what of the state the candidate sees
        z = sigmoid(W_z x + U_z h)              what of the state stays
        h' = z h + (1 - z) f(W x + r U h)

    With tanh for f that is `torch.nn.GRU` without a bias beside U h. Several directions run beside each
    other in one loop; each has weights of its own.

    Parameters
    ----------
    inputs, units : int
        Sizes of the input and of the state.
    activation : callable
        Gives a fresh layer of f.
    directions : int
        How many sequences of states run at once.
    """

    def __init__(self, inputs: int, units: int, activation: Layer, directions: int = 1) -> None:
        super().__init__()
        self.units = units
        self.inputs = nn.Parameter(torch.zeros(directions, inputs, 3 * units))
        self.recurrent = nn.Parameter(torch.zeros(directions, units, 3 * units))
        # In one dimension, by which the training loop knows what weight decay leaves alone.
        self.bias = nn.Parameter(torch.zeros(directions * 3 * units))
        self.activation = activation()

    def initialise(self, gain: float, weights: torch.Generator) -> None:
        """Draw weights whose spread suits gates (gain 1) and the activation."""
        # Input and state meet in one sum, so each brings half of the variance.
        for matrix in (self.inputs, self.recurrent):
            nn.init.normal_(matrix, std=1 / math.sqrt(2 * matrix.shape[1]), generator=weights)
            with torch.no_grad():
                matrix[..., 2 * self.units :] *= gain
        nn.init.zeros_(self.bias)

    def forward(self, x: torch.Tensor, state: torch.Tensor) -> torch.Tensor:
        """Give the states after each step.

        Parameters
        ----------
        x : torch.Tensor
            Inputs, of shape ``(directions, steps, batch, inputs)``.
        state : torch.Tensor
            The state before the first step, of shape ``(directions, batch, units)``.

        Returns
        -------
        torch.Tensor
            Of shape ``(directions, steps, batch, units)``.
        """
        directions, steps, batch, inputs = x.shape
        # The input's part of all steps is one product; only the state's has to wait for its turn.
        bias = self.bias.view(directions, 1, -1)
        projected = torch.baddbmm(bias, x.reshape(directions, steps * batch, inputs), self.inputs)
        parts = [2 * self.units, self.units]
        gate_inputs, candidate_inputs = torch.split(
            projected.view(directions, steps, batch, -1), parts, dim=-1
        )
        states = []
        for gates, candidate in zip(gate_inputs.unbind(1), candidate_inputs.unbind(1), strict=True):
            gate_part, candidate_part = torch.split(torch.bmm(state, self.recurrent), parts, dim=-1)
            reset, keep = torch.sigmoid(gates + gate_part).chunk(2, dim=-1)
            new = self.activation(torch.addcmul(candidate, reset, candidate_part))
            state = torch.lerp(new, state, keep)
            states.append(state)
        return torch.stack(states, dim=1)
