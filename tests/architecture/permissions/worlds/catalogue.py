"""Rows and texts of the world: an organisation's own sessions, tools and resources."""

from django.utils import timezone

from sessions_catalogue.models import (
    BlockItem,
    LinkCheck,
    ProgrammeSession,
    Resource,
    ResourceAddress,
    SessionBlock,
    Tool,
)


def session(side, name, number, **more):
    made = side.own(
        ProgrammeSession,
        number=number,
        slug=name,
        title=side.canary(name),
        overview=side.canary(f"{name}overview"),
        aims=[side.canary(f"{name}aim")],
        day=1,
        **more,
    )
    side.rows[name] = made
    return made


def build(side):
    """An adapted session with what it uses, one that is no longer offered, and material that is no longer offered."""
    now = timezone.now()
    adapted = session(side, "adaptedsession", 4, copied_from=side.catalogue["session"])
    session(side, "retiredsession", 14, retired_at=now)
    address = f"https://example.org/{side.canary('ownaddress')}"
    resource = side.own(
        Resource,
        key="own-film",
        kind="film",
        title=side.canary("ownfilm"),
        publisher=side.canary("ownpublisher"),
        description=side.canary("owndescription"),
        licence_note=side.canary("ownlicence"),
        address=address,
    )
    tool = side.own(Tool, key="own-tool", number=40, title=side.canary("owntool"), description=side.canary("ownuse"))
    LinkCheck.objects.create(
        address=address, checked_at=now, dead_since=now, is_dead=True, problem=side.canary("linkproblem")
    )
    block = SessionBlock.objects.create(
        session=adapted, position=1, kind="introduction", minutes=15, label_note=side.canary("ownnote")
    )
    items = [
        BlockItem.objects.create(block=block, position=position, kind="film", text=side.canary(name), **more)
        for position, (name, more) in enumerate(
            [
                ("ownitem", {"resource": resource, "tool": tool, "extract": side.canary("ownextract")}),
                ("seconditem", {}),
                ("removeditem", {"removed_at": now}),
            ],
            start=1,
        )
    ]
    side.rows |= {
        "own_block": block,
        "own_item": items[0],
        "removed_item": items[2],
        "own_resource": resource,
        "own_tool": tool,
        "retired_resource": side.own(
            Resource, key="old-film", kind="film", title=side.canary("retiredfilm"), retired_at=now
        ),
        "retired_tool": side.own(
            Tool, key="old-tool", number=41, title=side.canary("retiredtool"), description="d", retired_at=now
        ),
    }
    # Its own address stands before that of the resource.
    supplied = side.own(
        Resource, key="asked-film", kind="film", title=side.canary("askedfilm"), address="https://example.org/asked"
    )
    side.own(ResourceAddress, resource=supplied, address=f"https://example.org/{side.canary('askedaddress')}")
