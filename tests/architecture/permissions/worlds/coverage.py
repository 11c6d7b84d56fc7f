"""Rows and texts of the world: tags, best pieces, statements, and words about an area."""

from pathway.models import Statement, StatementSet
from portfolio.models import AreaWord, Evidence, EvidenceMapping
from portfolio.services.area_words import word_id


def build(side):
    area, enrolment = side.catalogue["area"], side.rows["enrolment"]

    def word(persona, level, **fields):
        author = side.people[persona]
        pk = word_id(enrolment.pk, area.pk, author.pk)
        return side.own(AreaWord, pk=pk, enrolment=enrolment, area=area, author=author, level=level, **fields)

    side.rows["word_of_area"] = word("mentor", "enough", text=side.canary("areaword"))
    word("former_mentor", "more", text=side.canary("areawordformer"))
    word("supervisor", "more")
    for name in ("private", "mentored"):
        piece = side.rows[f"evidence_{name}"]
        tags = [*Evidence.objects.get(pk=piece.pk).tags, side.canary("coveragetag")]
        Evidence.objects.filter(pk=piece.pk).update(tags=tags)
    EvidenceMapping.objects.filter(evidence=side.rows["evidence_portfolio"], area=area).update(is_best=True)
    EvidenceMapping.objects.filter(evidence=side.rows["evidence_formerly"], area=area).update(is_best=True)
    side.own(StatementSet, area=area, marked_by=side.people["admin"])
    asked, _ = Statement.objects.get_or_create(area=area, position=1, defaults={"text": "What the area asks"})
    for mapping in EvidenceMapping.objects.filter(evidence__enrolment=enrolment, area=area):
        mapping.statements.add(asked)
