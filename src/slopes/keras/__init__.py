"""Activations and losses for Keras 3, on whichever framework Keras runs.

Importing this package also tells Keras how to load models that were saved with them.
"""

try:
    import keras
except ModuleNotFoundError as error:
    raise ModuleNotFoundError('slopes.keras needs Keras 3: pip install "slopes[keras]"') from error

from slopes.keras.activation import Activation, activation
from slopes.keras.loss import Loss

__all__ = ["Activation", "Loss", "activation"]
