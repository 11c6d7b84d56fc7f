"""Rows and texts of the world: catalogue."""


def build(side):
    """Nothing yet."""
