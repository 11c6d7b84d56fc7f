"""Rows and texts of the world: board."""


def build(side):
    """Nothing yet."""
