"""Every component in all its states on one page, with made-up data (development only)."""

from __future__ import annotations

import datetime as dt
from types import SimpleNamespace
from typing import Any

from django import forms
from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from pqs_portal.lib.charts import YearPoint
from pqs_portal.lib.forms import Choice, Field, FilesField, GovDateField, GovTimeField, gov_helper

START = dt.date(2026, 9, 1)
TODAY = dt.date(2027, 1, 12)


def step(month: int, day: int, label: str, state: Any, kind: Any = "key_point", year: int = 2027) -> YearPoint:
    return YearPoint(dt.date(year, month, day), label, kind, state, url="/gallery/")


YEAR = [
    step(9, 1, "Eligibility checked", "done", year=2026),
    step(9, 4, "Mentor matched", "done", year=2026),
    step(9, 14, "Session 1", "done", "session", 2026),
    step(9, 21, "First self-assessment", "done", "key_activity", 2026),
    step(10, 1, "Learning agreement meeting", "done", year=2026),
    step(10, 12, "Session 2", "done", "session", 2026),
    step(11, 9, "Session 3", "done", "session", 2026),
    step(11, 24, "Formative observation", "done", year=2026),
    step(12, 7, "Session 4", "done", "session", 2026),
    step(12, 18, "Feedback from supervisees", "overdue", "key_activity", 2026),
    step(1, 11, "Session 5", "now", "session"),
    step(1, 29, "First direct observation", "now"),
    step(2, 8, "Session 6", "to_come", "session"),
    step(2, 26, "6-month review", "to_come"),
    step(3, 8, "Session 7", "to_come", "session"),
    step(4, 12, "Session 8", "to_come", "session"),
    step(5, 10, "Session 9", "to_come", "session"),
    step(5, 20, "Second direct observation", "to_come"),
    step(6, 7, "Session 10", "to_come", "session"),
    step(6, 30, "Critical reflection piece", "to_come", "key_activity"),
    step(7, 5, "Session 11", "to_come", "session"),
    step(7, 19, "Final self-assessment", "to_come", "key_activity"),
    step(8, 2, "Session 12", "to_come", "session"),
    step(8, 9, "Final report", "to_come"),
    step(8, 20, "Moderation panel", "to_come"),
    step(8, 31, "Certificate", "to_come"),
]

WAITING = [
    {
        "who": "Sam Okafor",
        "what": "wants feedback on “Difficult conversation”",
        "since": TODAY - dt.timedelta(days=3),
        "url": "#",
        "action": "Read",
    },
    {
        "who": "Ruth Lane",
        "what": "formative observation",
        "due_on": dt.date(2027, 1, 29),
        "url": "#",
        "action": "Prepare",
    },
    {
        "who": "Sam Okafor",
        "what": "6-month review to write",
        "due_on": dt.date(2026, 12, 18),
        "url": "#",
        "action": "Start",
        "overdue": True,
    },
]

AREAS = [
    {"number": 1, "title": "Values and ethics", "level": "enough", "count": 3, "url": "#"},
    {"number": 5, "title": "Critical analysis and professional decision-making", "level": "some", "count": 1},
    {"number": 6, "title": "Relationship-based practice supervision", "level": "none"},
    {
        "number": 2,
        "title": "Influencing and governing practice excellence within the organisation",
        "level": "later",
        "note": "comes in session 12, 3 June",
    },
]

STATEMENTS = [
    {"number": "1.1", "text": "Acts as a role model for the values of the profession.", "is_summary": True},
    {"number": "1.2", "text": "Helps others to see and weigh an ethical dilemma.", "is_summary": True},
]

COMMENTS = [
    {
        "author": "Priya Nair",
        "role": "mentor",
        "at": dt.datetime(2027, 1, 8, 9, 30, tzinfo=dt.UTC),
        "body": "A careful account. *Where* did you feel pulled two ways?\n\n- what you said\n- what you left out",
    },
    {
        "author": "You",
        "at": dt.datetime(2027, 1, 9, 14, 5, tzinfo=dt.UTC),
        "body": "<b>Thank you.</b> I will add that.",
    },
]

FILES = [
    {
        "name": "Supervision agreement.pdf",
        "size": 248_000,
        "state": "clean",
        "url": "#",
        "replace_url": "#",
        "remove_url": "#",
    },
    {"name": "A photograph of the flip chart from the team day.jpg", "size": 4_200_000, "state": "checking"},
    {
        "name": "notes.docm",
        "size": 12_000,
        "state": "refused",
        "reason": "Files with macros are not taken. Save it as .docx or PDF.",
    },
]

NOTICES = [
    {
        "title": "Session 6 moved to 8 February",
        "url": "#",
        "at": dt.datetime(2027, 1, 11, 8, 0, tzinfo=dt.UTC),
        "is_read": False,
    },
    {
        "title": "Priya commented on “Team day”",
        "url": "#",
        "at": dt.datetime(2027, 1, 8, 9, 30, tzinfo=dt.UTC),
        "is_read": True,
        "body": "Read it when you have a moment.",
    },
]


class GalleryForm(forms.Form):
    """Each kind of field once."""

    title = forms.CharField(label="Title", help_text="A few words that help you find it again")
    story = forms.CharField(label="What happened, and what did you make of it?", widget=forms.Textarea)
    happened_on = GovDateField(
        label="When was it?", what="the date of the supervision", help_text="For example, 12 2 2027"
    )
    starts_at = GovTimeField(label="Starts at", what="the time it starts")
    session = forms.ChoiceField(
        label="Session", choices=[("", "Choose a session"), ("4", "Session 4: Ethics and values")]
    )
    audience = forms.ChoiceField(
        label="Who can read it?",
        widget=forms.RadioSelect,
        choices=[
            Choice("only_me", "Only me", hint="Nobody else can open it here"),
            Choice("mentor", "My mentor"),
            Choice("portfolio", "In my portfolio"),
        ],
    )
    done = forms.ChoiceField(label="Was it held?", widget=forms.RadioSelect, choices=[("yes", "Yes"), ("no", "No")])
    areas = forms.MultipleChoiceField(
        label="Areas",
        widget=forms.CheckboxSelectMultiple,
        choices=[("1", "1 Values and ethics"), ("6", "6 Relationship-based practice supervision")],
    )
    attachments = FilesField(label="Files", help_text="PDF, Word, pictures; 15 MB each")
    unrecognisable = forms.BooleanField(label="Nobody can be recognised in it")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = gov_helper(
            "title",
            Field.textarea("story", rows=6, max_words=300),
            "happened_on",
            "starts_at",
            "session",
            "audience",
            Field.radios("done", inline=True),
            "areas",
            "attachments",
            "unrecognisable",
            button="Save",
            secondary=("share", "Check and share with Priya"),
            cancel_url="/gallery/",
        )


@login_not_required
def gallery(request: HttpRequest) -> HttpResponse:
    """``?form=errors`` (or a POST) shows the form refused."""
    bound = request.method == "POST" or request.GET.get("form") == "errors"
    context = {
        "form": GalleryForm(request.POST, request.FILES) if bound else GalleryForm(),
        "today": TODAY,
        "start": START,
        "months": 12,
        "points": YEAR,
        "few_points": YEAR[:3],
        "waiting": WAITING,
        "areas": AREAS,
        "area": SimpleNamespace(number=1, title="Values and ethics"),
        "statements": STATEMENTS,
        "comments": COMMENTS,
        "files": FILES,
        "notices": NOTICES,
        "events": [{"title": notice["title"], "at": notice["at"], "url": "#"} for notice in NOTICES],
        "statuses": [
            (kind, kind.replace("_", " ").capitalize())
            for kind in (
                "private shared portfolio done now to_come overdue draft checking refused info".split()  # noqa: SIM905
            )
        ],
        "rows": [
            {"key": "Mentor", "value": "Priya Nair", "url": "#", "action": "Change"},
            {"key": "Starts", "value": "1 September 2026"},
        ],
        "attendance": [
            {"number": 1, "title": "Beginning", "on": TODAY, "word": "There", "kind": "done"},
            {"number": 2, "title": "Reflecting", "on": TODAY, "word": "Not there", "kind": "info"},
        ],
        "table_head": ["Person", "The year", "Observed", "Mentor"],
        "table_rows": [
            [{"text": "Ruth Lane", "url": "#"}, "5 of 12 attended", "1 + 0", "Priya Nair"],
            [{"text": "Sam Okafor", "url": "#"}, "4 of 12 attended", "1 + 1", "Priya Nair"],
        ],
        "states": ["done", "done", "done", "overdue", "now", "to_come", "to_come", "to_come"],
        "page": Paginator(range(200), 20).page(4),
        "start_at": dt.datetime(2027, 3, 3, 10, 0, tzinfo=dt.UTC),
        "end_at": dt.datetime(2027, 3, 3, 11, 30, tzinfo=dt.UTC),
    }
    return render(request, "gallery/index.html", context)
