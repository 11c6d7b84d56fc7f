"""Critical reflections for tests, made by the services so that their versions are right."""

import uuid

from portfolio.services.opening import Readers
from portfolio.services.reflection import Piece, open_reflection, save_reflection
from portfolio.services.reflection_comments import About, answer_comment, comment_on
from pqs_portal.demo.shown import shown_mentor

TWO = "First thought.\n\nSecond thought."


def reflected(enrolment, *, revision=0, structure="what", title="", areas=(), finish=False, **parts):
    """The piece saved by its writer: ``what="…"`` and so on say what stands in its parts."""
    return save_reflection(
        enrolment=enrolment,
        revision=revision,
        piece=Piece(title, structure, parts or {"what": TWO}, [area.pk for area in areas]),
        finish=finish,
        by=enrolment.supervisor,
    )


def reflection_opened(row, *, to_mentor=True, in_portfolio=False):
    readers = Readers(to_mentor, in_portfolio, nobody_recognisable=True, shown=shown_mentor(row.enrolment))
    return open_reflection(reflection=row, revision=row.revision, readers=readers, by=row.enrolment.supervisor)


def said(row, text="Well seen", *, part="what", paragraph=2):
    """The mentor's word about a paragraph of what is shared."""
    about = About(row.shared_version, part, paragraph)
    return comment_on(pk=uuid.uuid4(), reflection=row, about=about, text=text, by=row.shared_with)


def answered(row, comment, text="So it was", by=None):
    by = by or row.enrolment.supervisor
    return answer_comment(pk=uuid.uuid4(), reflection=row, comment=comment, text=text, by=by)
