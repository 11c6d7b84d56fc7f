"""Rows and texts of the world: records for a regulator."""


def build(side):
    pass
