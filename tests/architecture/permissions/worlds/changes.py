"""Rows and texts of the world: changes."""


def build(side):
    """Nothing yet."""
