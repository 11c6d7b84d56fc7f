"""Rows and texts of the world: what the pieces say about the areas."""


def build(side):
    pass
