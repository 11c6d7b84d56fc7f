"""Rows and texts of the world: attendance."""


def build(side):
    """Nothing yet."""
