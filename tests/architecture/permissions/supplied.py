"""The small catalogue of the world, which everybody may read."""

from pathway.models import (
    Area,
    Milestone,
    Programme,
    Standard,
    Statement,
)
from sessions_catalogue.models import (
    BlockItem,
    ProgrammeSession,
    Resource,
    SessionBlock,
    Tool,
)


def supplied():
    """A small catalogue that everybody may read."""
    standard = Standard.objects.create(
        series="supplied", version=1, title="Supplied standard", short_title="PQS", audience="a", publisher="p"
    )
    area = Area.objects.create(standard=standard, number=1, title="Area one", summary="s", basis="our_summary")
    Statement.objects.create(area=area, position=1, text="Does it", basis="our_summary")
    programme = Programme.objects.create(series="supplied", version=1, title="Supplied programme", standard=standard)
    steps = {}
    for position, (kind, waiting_on, level, due_month) in enumerate(
        [
            ("agreement", "supervisor", "person", 6),
            ("feedback", "supervisor", "person", 6),
            ("formative_observation", "mentor", "person", 6),
            # Past, so that there is something to enter for a cohort that is under way.
            ("organisation_preparation", "ld_lead", "organisation", 1),
            ("outcome", "ld_lead", "cohort", 6),
        ],
        start=1,
    ):
        steps[kind] = Milestone.objects.create(
            programme=programme,
            position=position,
            key=kind,
            kind=kind,
            title=f"Step {kind}",
            due_month=due_month,
            waiting_on=waiting_on,
            level=level,
        )
    session = ProgrammeSession.objects.create(
        number=4, slug="ethics", title="Ethics", overview="o", day=1, area=area, aims=["a"]
    )
    block = SessionBlock.objects.create(session=session, position=1, kind="introduction", minutes=15)
    tool = Tool.objects.create(key="tool-1", number=1, title="A tool", description="d")
    resource = Resource.objects.create(key="film", kind="film", title="A film")
    BlockItem.objects.create(block=block, position=1, kind="film", text="Watch", resource=resource, tool=tool)
    return {
        "standard_supplied": standard,
        "area": area,
        "programme_supplied": programme,
        "step": steps["agreement"],
        "open_step": steps["feedback"],
        "shared_step": steps["organisation_preparation"],
        "shared_done": steps["outcome"],
        "session": session,
        "resource": resource,
    }
