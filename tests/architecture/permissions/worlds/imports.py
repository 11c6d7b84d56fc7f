"""Rows and texts of the world: imports."""


def build(side):
    """Nothing yet."""
