"""Rows and texts of the world: nominations."""


def build(side):
    """Nothing yet."""
