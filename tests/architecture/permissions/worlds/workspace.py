"""Rows and texts of the world: workspace."""


def build(side):
    """Nothing yet."""
