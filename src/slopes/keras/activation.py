"""An activation as Keras layers take it."""

from typing import Any

import keras
from slopes.api.catalogue import activations, get
from slopes.keras.configuration import configuration


@keras.saving.register_keras_serializable(package="slopes")
class Activation(keras.Operation):  # type: ignore[misc]
    """An activation function for `Dense(activation=...)`, for the functional API, and as a callable.

    Parameters
    ----------
    function : str
        Its name, or an alias.
    **parameters : float
        Those of the function, and for functions of a row its `axis`.

    Raises
    ------
    UnknownName
        For a name that no activation has.
    TypeError, ValueError
        For a parameter that the function does not have, or not at this value.

    Examples
    --------
    >>> import slopes.keras
    >>> slopes.keras.Activation("swish", beta=1.5)
    slopes.keras.Activation(SiLU(beta=1.5))
    """

    def __init__(self, function: str, *, name: str | None = None, **parameters: Any) -> None:
        self.function, self.options, self.chosen = configuration(function, parameters, ("axis",))
        if self.function.name not in activations:
            raise ValueError(f"{self.function.name} is a loss; slopes.keras.Loss takes it")
        super().__init__(name=name)

    @property
    def __name__(self) -> str:
        """The name that Keras shows."""
        return str(self.function.name)

    def call(self, x: Any) -> Any:
        """Return the function's value, in the dtype of the input."""
        return self.function(x, **self.options)

    def compute_output_spec(self, x: Any) -> Any:
        """Return the shape and dtype of the result without computing it."""
        shape = list(x.shape)
        if self.function.kind == "row_activation":
            definition, axis = self.function.definition, self.options.get("axis", -1)
            length = shape[axis]
            width = definition.width() or length
            shape[axis] = None if length is None else length // width * definition.result_width(width)
        return keras.KerasTensor(tuple(shape), dtype=x.dtype)

    def get_config(self) -> dict[str, Any]:
        """Return what makes the same function again."""
        return {"function": self.function.name, "name": self.name, **self.chosen}

    def __repr__(self) -> str:
        return f"slopes.keras.Activation({get(self.function.name, **self.function.parameters)!r})"


def activation(function: str, **parameters: Any) -> Activation:
    """Return an activation function for Keras layers.

    Parameters
    ----------
    function : str
        Its name, or an alias.
    **parameters : float
        Those of the function, and for functions of a row its `axis`.

    Returns
    -------
    Activation
        A callable that Keras saves in model files.

    Examples
    --------
    >>> import keras
    >>> import slopes.keras
    >>> layer = keras.layers.Dense(64, activation=slopes.keras.activation("silu"))
    >>> layer.activation
    slopes.keras.Activation(SiLU(beta=1.0))
    """
    return Activation(function, **parameters)
