"""A timeline module for tests: says what a test has put into ``ENTRIES`` and ``EVENTS``."""

from dataclasses import replace

from pathway.timeline import TimelineEntry, TimelineEvent

PATH = "tests.factories.fake_timeline"
MILESTONE_KINDS = frozenset()

ENTRIES: list[TimelineEntry] = []
EVENTS: list[TimelineEvent] = []


def entries(enrolments, today):
    ids = set(enrolments.values_list("pk", flat=True))
    return [entry for entry in ENTRIES if entry.enrolment_id is None or entry.enrolment_id in ids]


def events(since):
    return [event for event in EVENTS if event.at >= since]


def change(entry, **values):
    """Put a changed copy in the entry's place."""
    changed = replace(entry, **values)
    ENTRIES[ENTRIES.index(entry)] = changed
    return changed


def clear():
    ENTRIES.clear()
    EVENTS.clear()
