"""Definitions as text: traced on symbols, then printed."""
