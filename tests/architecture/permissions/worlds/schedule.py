"""Rows and texts of the world: schedule."""


def build(side):
    """Nothing yet."""
