"""What the small addresses beside the form of a piece have in common."""

from __future__ import annotations

import uuid

from django.http import Http404

from accounts.services.rows import is_taken
from accounts.views.base import Guarded
from pathway.models import Enrolment
from portfolio.models import Evidence
from portfolio.permissions import Perm
from portfolio.views.whose_year import own_year


class OwnPiece(Guarded):
    """Below the id of a piece, which may not be there yet: then it would be of one's own year."""

    permission_required = Perm.WRITE_EVIDENCE
    enrolment: Enrolment

    def load(self) -> Evidence | Enrolment:
        pk: uuid.UUID = self.kwargs["pk"]
        seen = Evidence.objects.kept().visible_to(self.request.user).select_related("enrolment__cohort__programme")
        piece: Evidence | None = seen.filter(pk=pk).first()
        if piece is not None:
            self.enrolment = piece.enrolment
            return piece
        year = own_year(self)
        if is_taken(Evidence, pk):
            raise Http404
        self.enrolment = year
        return year
