"""Filters over a person's writing. "Only me" means the author alone, everywhere."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Exists, F, OuterRef, Q

from accounts.querysets import TenantQuerySet
from pathway.models import Enrolment, Mentoring

if TYPE_CHECKING:
    from accounts.models import User

OPEN_TO_MENTOR = ("mentor", "portfolio")


class EvidenceQuerySet(TenantQuerySet):
    def owned_by(self, user: User) -> Self:
        """Everything the person has written, in whatever state, thrown away or not."""
        return self.filter(enrolment__in=Enrolment.objects.of_supervisor(user))

    def kept(self) -> Self:
        return self.filter(discarded_at=None)

    def visible_to(self, user: User) -> Self:
        """The owner's own, kept or thrown away; what a current mentor was opened by name."""
        opened = Q(
            audience__in=OPEN_TO_MENTOR,
            shared_with=user,
            discarded_at=None,
            enrolment__in=Enrolment.objects.mentored_by(user),
        )
        return self.filter(Q(enrolment__in=Enrolment.objects.of_supervisor(user)) | opened)

    def thrown_away(self) -> Self:
        return self.filter(discarded_at__isnull=False)

    def in_portfolio(self) -> Self:
        return self.kept().filter(audience="portfolio")

    def open_to_current_mentor(self) -> Self:
        """Shared by name with somebody who is the writer's mentor today."""
        pairs = Mentoring.objects.current().filter(enrolment=OuterRef("enrolment"), mentor=OuterRef("shared_with"))
        return self.kept().filter(Exists(pairs), audience__in=OPEN_TO_MENTOR)

    def with_people(self) -> Self:
        return self.select_related(
            "enrolment__supervisor", "enrolment__cohort__programme", "shared_with", "shared_version", "organisation"
        )

    def with_best(self) -> Self:
        """Adds ``best_of``, the areas for which it is marked as one of the best."""
        from portfolio.models import EvidenceMapping  # noqa: PLC0415 -- models import querysets

        marked = EvidenceMapping.objects.filter(evidence=OuterRef("pk"), is_best=True).order_by()
        return self.annotate(best_of=ArraySubquery(marked.values("area")))

    def for_its_page(self) -> Self:
        """With what the page of a piece shows of it."""
        return self.with_people().with_best().select_related("session", "sent_back_by")


class OfEvidenceQuerySet(TenantQuerySet):
    def visible_to(self, user: User) -> Self:
        from portfolio.models import Evidence  # noqa: PLC0415 -- models import querysets

        return self.filter(evidence__in=Evidence.objects.visible_to(user))


class CommentQuerySet(TenantQuerySet):
    def visible_to(self, user: User) -> Self:
        """The owner sees every comment; a reader the talk about what that reader may still read, and what they wrote
        themselves also after it was taken back, then without the words it is about."""
        from portfolio.models import Evidence  # noqa: PLC0415 -- models import querysets

        own = Q(evidence__enrolment__in=Enrolment.objects.of_supervisor(user))
        pieces = Evidence.objects.visible_to(user)
        talk = Q(version__shared_with=user, version__taken_back_at=None, evidence__in=pieces)
        written = Q(author=user, evidence__enrolment__in=Enrolment.objects.mentored_by(user))
        return self.filter(own | talk | written)

    def open_to_answer(self) -> Self:
        """Those that a thread began with, about what today's reader was shown: an answer reaches the other."""
        begun = self.filter(parent=None, evidence__discarded_at=None, version__taken_back_at=None)
        return begun.filter(evidence__audience__in=OPEN_TO_MENTOR, version__shared_with=F("evidence__shared_with"))


class EvidenceVersionQuerySet(OfEvidenceQuerySet):
    def visible_to(self, user: User) -> Self:
        """The owner sees every version; a reader those saved as shared with that reader and not taken back since."""
        own = Q(evidence__enrolment__in=Enrolment.objects.of_supervisor(user))
        read = Q(audience__in=OPEN_TO_MENTOR, shared_with=user, taken_back_at=None)
        return super().visible_to(user).filter(own | read)

    def owned_by(self, user: User) -> Self:
        return self.filter(evidence__enrolment__in=Enrolment.objects.of_supervisor(user))

    def with_files(self) -> Self:
        """Adds ``file_ids``, of the files that went with it and were not removed since."""
        from portfolio.models import Attachment  # noqa: PLC0415 -- models import querysets

        files = Attachment.objects.filter(versions=OuterRef("pk"), removed_at=None).order_by("pk")
        return self.annotate(file_ids=ArraySubquery(files.values("pk")))


class AttachmentQuerySet(OfEvidenceQuerySet):
    def visible_to(self, user: User) -> Self:
        """The uploader's own, claimed or not; a reader's, as part of the version shared with that reader."""
        from portfolio.models import Evidence  # noqa: PLC0415 -- models import querysets

        own = Q(uploaded_by=user, organisation__in=user.live_organisation_ids)
        opened = Evidence.objects.visible_to(user).filter(shared_version__attachments=OuterRef("pk"))
        return self.filter(own | Q(Exists(opened), removed_at=None))

    def standing(self) -> Self:
        return self.filter(removed_at=None)

    def with_bytes(self) -> Self:
        """Neither removed nor taken out for good."""
        return self.standing().exclude(file="")

    def ready(self) -> Self:
        return self.filter(state="clean", removed_at=None)

    def unclaimed(self) -> Self:
        return self.filter(evidence=None)


class AreaWordQuerySet(TenantQuerySet):
    def visible_to(self, user: User) -> Self:
        """One's own word; the writer's sight of what their mentors said."""
        own = Q(author=user, organisation__in=user.live_organisation_ids)
        said = Q(enrolment__in=Enrolment.objects.of_supervisor(user))
        still = Q(enrolment__in=Enrolment.objects.mentored_by(user)) | said
        return self.filter(said | (own & still))
