"""Rows and texts of the world: looking for what identifies somebody before a text is opened."""


def build(side):
    pass
