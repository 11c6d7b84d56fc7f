"""What a page shows where something else was saved meanwhile."""


def differing(answer):
    """Label → (what is saved, what was sent), with what is marked on the page in brackets."""
    found = {
        pair.label: tuple(
            "".join(f"[{part.text}]" if part.differs else part.text for part in side)
            for side in (pair.theirs, pair.mine)
        )
        for pair in answer.context["differences"]
    }
    assert ("<mark>" in answer.content.decode()) == bool(found)
    return found
