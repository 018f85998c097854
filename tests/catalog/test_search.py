import pytest

import slopes
from slopes.catalog import find, kinds


def names(**given: str) -> list[str]:
    return [function.name for function in find(**given)]


def test_everything_is_found_once() -> None:
    assert sorted(names()) == sorted([*slopes.activations, *slopes.losses])


def test_activations_stand_before_losses() -> None:
    is_loss = [name in slopes.losses for name in names()]
    assert is_loss == sorted(is_loss)


def test_every_kind_is_found_by_its_name() -> None:
    for kind in kinds():
        found = find(kind=kind)
        assert {f.kind for f in found} >= {kind.replace(" ", "_")}
        assert found == find(kind=kind.replace(" ", "_").upper())


def test_a_word_of_a_kind_is_enough() -> None:
    assert sorted(names(kind="loss")) == sorted(slopes.losses)
    assert sorted(names(kind="activation")) == sorted(slopes.activations)
    assert "cross_entropy" in names(kind="row")
    assert "softmax" in names(kind="row")


def test_unknown_kind_gets_a_near_match() -> None:
    with pytest.raises(ValueError, match="did you mean residual loss"):
        find(kind="residul loss")


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("hub", "huber"),  # name
        ("SWISH", "silu"),  # alias
        ("median", "mae"),  # summary
        ("erf(", "gelu"),  # formula
        ("Koenker", "quantile"),  # author
        ("mean_pinball_loss", "quantile"),  # another library
    ],
)
def test_text_is_looked_for_everywhere(text: str, name: str) -> None:
    assert name in names(text=text)
    assert "identity" not in names(text=text)


def test_nothing_found_is_empty() -> None:
    assert find(text="no function mentions this") == ()
