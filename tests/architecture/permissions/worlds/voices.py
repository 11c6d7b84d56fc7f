"""Rows and texts of the world: voices."""


def build(side):
    """Nothing yet."""
