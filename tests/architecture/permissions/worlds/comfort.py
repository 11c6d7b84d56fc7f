"""Rows and texts of the world: how pages look to a person."""


def build(side):
    pass
