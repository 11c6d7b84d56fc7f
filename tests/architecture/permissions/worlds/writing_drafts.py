"""Rows and texts of the world: drafts of the forms beyond evidence."""


def build(side):
    pass
