"""Rows and texts of the world: the critical reflection and its notebook."""


def build(side):
    pass
