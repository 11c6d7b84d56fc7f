"""Rows and texts of the world: the development plan."""


def build(side):
    pass
