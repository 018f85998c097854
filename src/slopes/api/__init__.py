"""Definitions as users call them: arguments checked, arrays dispatched to their backend."""
