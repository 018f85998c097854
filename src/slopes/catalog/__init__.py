"""What is known about each function, ready to be shown: on a card, in a list, on a page."""

from slopes.catalog.cards import Card, ParameterEntry, card
from slopes.catalog.page import page
from slopes.catalog.search import find, kinds

__all__ = ["Card", "ParameterEntry", "card", "find", "kinds", "page"]
