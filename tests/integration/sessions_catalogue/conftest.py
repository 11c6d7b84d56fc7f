"""A supplied session and the copy that an organisation made of it."""

import pytest

from sessions_catalogue.services import own_sessions
from tests.factories.pathway import AreaFactory
from tests.factories.sessions_catalogue import (
    BlockItemFactory,
    ProgrammeSessionFactory,
    ResourceFactory,
    SessionBlockFactory,
    ToolFactory,
)


@pytest.fixture
def supplied(db):
    """Session 4 with three timed parts, two of them filled."""
    session = ProgrammeSessionFactory(number=4, area=AreaFactory(), aims=["First aim", "Second aim"])
    for position, (kind, minutes) in enumerate(
        [("introduction", 15), ("experience", 45), ("evidence", 30), ("follow_up", None)], start=1
    ):
        SessionBlockFactory(session=session, kind=kind, minutes=minutes, position=position)
    intro, experience = session.blocks.all()[:2]
    for text in ("Welcome", "Who are we?", "What for?"):
        BlockItemFactory(block=intro, text=text)
    BlockItemFactory(block=experience, text="Watch it", resource=ResourceFactory(), tool=ToolFactory(), extract="p. 1")
    return session


@pytest.fixture
def own(world, supplied):
    made, _ = own_sessions.copy_session(session=supplied, organisation=world.organisation, by=world.ld_lead)
    return made
