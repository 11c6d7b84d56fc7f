"""Rows and texts of the world: calendar."""


def build(side):
    """Nothing yet."""
