"""Rows and texts of the world: taking words out for good, and sending a piece back."""


def build(side):
    pass
