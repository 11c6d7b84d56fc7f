"""Rows and texts of the world: later."""


def build(side):
    """Nothing yet."""
