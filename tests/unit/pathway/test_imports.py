import datetime as dt
import time
import uuid

import pytest
from django.utils import timezone

from accounts.models import AccountMail, AuditEvent, Membership, RoleGrant, User
from pathway import people_lists
from pathway.models import Enrolment, Nomination, PeopleImport, PeopleImportRow
from pathway.services import imports
from pathway.services.nominations import enrol_placed
from tests.factories.accounts import MembershipFactory, member
from tests.factories.pathway import MentorRecordFactory, NominationFactory

HEADER = "Name,E-mail,Line manager e-mail,Mentor e-mail,Starts on,Taking part as\n"


def checked(world, text, header=HEADER, **more):
    table = people_lists.read_file((header + text).encode())
    return kept(world, table, **more)


def kept(world, table, **more):
    fields = {"pk": uuid.uuid4(), "cohort": world.cohort, "file_name": "people.csv", "by": world.ld_lead, **more}
    return imports.check_list(table=table, **fields)


def carried_out(world, text, **more):
    made = checked(world, text, **more)
    assert imports.start(people_import=made, by=world.ld_lead)
    assert imports.run_import(import_id=made.pk, now=timezone.now())
    return made


def outcomes(made):
    return [(row.number, row.outcome, row.why) for row in made.rows.order_by("number")]


def problems(made):
    return {row.number: row.problems for row in made.rows.all() if row.problems}


def everything():
    counted = (User, Membership, Nomination, Enrolment, AccountMail, AuditEvent)
    return [model.objects.count() for model in counted]


# --- checking -----------------------------------------------------------------------------------------------
def test_each_mistake_has_its_words(world):
    ended = MembershipFactory(organisation=world.organisation, ends_on=timezone.localdate()).user.email
    placed = NominationFactory(organisation=world.organisation, status="waiting")
    Nomination.objects.filter(pk=placed.pk).update(
        status="placed", cohort=world.other.cohort, placed_by=world.ld_lead, placed_at=timezone.now()
    )
    foreign = world.other.outsider.email
    rows = [
        ",a@a.org,,,,",
        "A,,,,,",
        "A,a.org,,,,",
        "A,a@,,,,",
        "A,=cmd@a.org,,,,",
        "A,nadia@exаmple.org,,,,",
        f"{'n' * 201},b@a.org,,,,",
        '"=HYPERLINK(1)",c@a.org,,,,',
        "c@a.org,d@a.org,,,,",
        "E,e@a.org,nobody@a.org,,,",
        f"F,f@a.org,{foreign},,,",
        "G,g@a.org,G@a.org,g@a.org,,",
        "H,h@a.org,,,soon,astronaut",
        "I,H@a.org,,,,",
        f"J,{ended},,,,",
        f"K,{placed.membership.user.email},,,,",
        "L,l@a.org,,,,,more",
        f"M,{foreign},,,,",
    ]

    made = checked(world, "\n".join(rows))

    assert problems(made) == {
        2: ["There is no name"],
        3: ["There is no e-mail address"],
        4: ["There is no @ in the address “a.org”"],
        5: ["The address “a@” is not in the right form, like name@example.gov.uk"],
        6: ["The address “=cmd@a.org” is not in the right form, like name@example.gov.uk"],
        7: ["The address “nadia@exаmple.org” has letters that are not plain. Type it again instead of pasting it"],
        8: ["The name is longer than 200 characters"],
        9: ["The name begins with “=”, like a formula. Write the name itself"],
        10: ["The name is an e-mail address. Write the name itself"],
        11: ["The line manager “nobody@a.org” is not a member here. Invite them first, or leave the cell empty"],
        12: [f"The line manager “{foreign}” is not a member here. Invite them first, or leave the cell empty"],
        13: ["Nobody is their own line manager", "Nobody is their own mentor"],
        14: [
            "“soon” is no date like 3/9/2027",
            f"“astronaut” is not known. Write one of: {people_lists.IN_WORDS}",
        ],
        15: ["The same address is in row 14 already"],
        16: ["Their membership has ended. An organisation admin can invite them again"],
        17: ["They have a place in another cohort already. Change that place instead"],
        18: ["The line has more cells than the first line has headings (6)."],
    }


def test_checking_changes_nobody_and_the_same_list_is_kept_once(world):
    before, pk = everything(), uuid.uuid4()

    first = checked(world, "Nadia New,nadia@example.org,,,,", pk=pk)
    second = checked(world, "Somebody Else,else@example.org,,,,", pk=pk)

    assert first == second
    assert [row.cells["name"] for row in first.rows.all()] == ["Nadia New"]
    assert everything() == before


# --- carrying out -------------------------------------------------------------------------------------------
def test_members_join_and_others_are_invited(world):
    manager = world.line_manager
    mentor = MentorRecordFactory(organisation=world.organisation).mentor
    person, elsewhere = member(world.organisation), world.other.outsider
    text = (
        f"Typed,{person.email.upper()},{manager.email},{mentor.email},1/9/2027,\n"
        f"Nadia New,nadia@example.org,,,,Aspiring supervisor\n"
        f"Else Where,{elsewhere.email},,,,\n"
        f"There,{world.supervisor.email},,,,\n"
        f",nobody@example.org,,,,\n"
    )

    made = carried_out(world, text)

    assert outcomes(made) == [
        (2, "added", ""), (3, "invited", ""), (4, "invited", ""), (5, "there_already", ""), (6, "", ""),
    ]  # fmt: skip
    made.refresh_from_db()
    assert (made.status, made.finished_at is None) == ("done", False)
    enrolment = Enrolment.objects.with_people().get(supervisor=person)
    assert (enrolment.current_mentor, enrolment.current_line_manager) == (mentor, manager)
    assert (enrolment.starts_on, enrolment.kind) == (dt.date(2027, 9, 1), "pathway")
    waiting = Membership.objects.filter(organisation=world.organisation, status="invited")
    assert set(waiting.values_list("invited_name", "user__email")) == {
        ("Nadia New", "nadia@example.org"), ("Else Where", elsewhere.email),
    }  # fmt: skip
    assert AccountMail.objects.count() == 2
    rows = imports.result(made).decode("utf-8-sig").splitlines()
    assert rows[0] == "Row,Name,E-mail,Line manager e-mail,Mentor e-mail,Starts on,Taking part as,Outcome,Why"
    assert rows[2].endswith(',"Invited, joins on accepting",')
    assert rows[3].endswith(',"Invited, joins on accepting",')
    assert rows[5] == "6,,nobody@example.org,,,,,Left out,There is no name"

    waiting.update(status="active", accepted_at=timezone.now())
    User.objects.update(is_active=True)
    assert enrol_placed() == 2
    joined = Enrolment.objects.get(supervisor__email="nadia@example.org")
    assert (joined.kind, joined.taking_part_as) == ("programme_only", "aspiring")


def test_twice_adds_nothing_twice(world):
    person = member(world.organisation)
    text = f"One,{person.email},,,,\nNadia New,nadia@example.org,,,,\n"
    first = carried_out(world, text)
    before = everything()[:5]

    assert not imports.run_import(import_id=first.pk, now=timezone.now())
    again = carried_out(world, text)

    assert outcomes(again) == [
        (2, "there_already", ""),
        (3, "there_already", "Has an invitation, and joins on accepting it"),
    ]
    assert everything()[:5] == before


def test_only_a_mentor_who_has_passed_the_gate_is_paired(world):
    record = MentorRecordFactory(organisation=world.organisation)
    lapsed = MentorRecordFactory(
        organisation=world.organisation, registered_until=timezone.localdate() - dt.timedelta(1)
    )
    people = [member(world.organisation) for _ in range(3)]
    text = (
        f"A,{people[0].email},,{world.mentor.email},,\n"
        f"B,{people[1].email},,{lapsed.mentor.email},,\n"
        f"C,{people[2].email},{record.mentor.email},{record.mentor.email},,\n"
    )

    made = carried_out(world, text)

    gate = "is not on record as registered with two years of supervising"
    assert outcomes(made) == [
        (2, "added", f"Without a mentor: {world.mentor.name} {gate}"),
        (3, "added", f"Without a mentor: {lapsed.mentor.name} {gate}"),
        (4, "added", f"Without a mentor: {record.mentor.name} is the line manager. Pair them by hand and say why"),
    ]
    assert [row.remarks for row in made.rows.order_by("number")] == [[why] for _, _, why in outcomes(made)]
    assert not Enrolment.objects.filter(supervisor__in=people, mentorings__isnull=False).exists()
    assert Enrolment.objects.get(supervisor=people[2]).line_managements.get().manager == record.mentor


def test_who_waits_already_gets_the_place(world):
    row = NominationFactory(organisation=world.organisation)
    unknown = NominationFactory(organisation=world.organisation, membership=None, typed_email="nadia@example.org")

    made = carried_out(world, f"A,{row.membership.user.email},,,,\nB,nadia@example.org,,,,\n")

    assert [outcome for _, outcome, _ in outcomes(made)] == ["added", "invited"]
    assert set(Nomination.objects.values_list("pk", "status")) == {(row.pk, "joined"), (unknown.pk, "placed")}
    assert row.line_manager == Enrolment.objects.get(supervisor=row.membership.user).line_managements.get().manager


def test_what_changed_since_the_check_is_told(world):
    manager, person = member(world.organisation), member(world.organisation)
    made = checked(world, f"A,{person.email},{manager.email},,,\nB,b@example.org,,,,\n")
    imports.start(people_import=made, by=world.ld_lead)
    Membership.objects.filter(user=manager).update(ends_on=timezone.localdate())

    imports.run_import(import_id=made.pk, now=timezone.now())

    (_, outcome, why), (_, second, _) = outcomes(made)
    assert (outcome, second) == ("refused", "invited")
    assert why == f"The line manager “{manager.email}” is not a member here. Invite them first, or leave the cell empty"


def test_a_lead_who_is_none_any_more_brings_nobody_in(world):
    made = checked(world, "A,a@example.org,,,,\n")
    imports.start(people_import=made, by=world.ld_lead)
    RoleGrant.objects.filter(membership__user=world.ld_lead).delete()

    imports.run_import(import_id=made.pk, now=timezone.now())

    assert outcomes(made) == [(2, "refused", "You may not bring people in any more")]
    assert not AccountMail.objects.exists()
    assert not Nomination.objects.exists()


class Killed(BaseException):
    """What no handler of errors catches, like a worker's end."""


def test_killed_in_the_middle_it_goes_on(world, monkeypatch):
    made = checked(world, "".join(f"P{n},p{n}@example.org,,,,\n" for n in range(6)))
    imports.start(people_import=made, by=world.ld_lead)
    place, done = imports.nominations.place, []

    def until_the_fourth(**facts):
        placed = place(**facts)
        done.append(placed)
        if len(done) == 4:
            raise Killed
        return placed

    monkeypatch.setattr(imports.nominations, "place", until_the_fourth)
    now = timezone.now()
    with pytest.raises(Killed):
        imports.run_import(import_id=made.pk, now=now)
    # The row in which it died is as if it had never begun.
    assert [outcome for _, outcome, _ in outcomes(made)] == ["invited"] * 3 + [""] * 3
    assert AccountMail.objects.count() == 3
    monkeypatch.undo()

    assert not imports.run_import(import_id=made.pk, now=now)
    assert imports.waiting_imports(now) == []
    later = now + imports.LEASE + dt.timedelta(minutes=1)
    assert imports.waiting_imports(later) == [made.pk]
    assert imports.run_import(import_id=made.pk, now=later)

    assert [outcome for _, outcome, _ in outcomes(made)] == ["invited"] * 6
    assert AccountMail.objects.count() == Nomination.objects.count() == 6
    made.refresh_from_db()
    assert made.status == "done"


def test_one_row_that_breaks_keeps_nobody_out(world, monkeypatch):
    made = checked(world, "A,a@example.org,,,,\nB,b@example.org,,,,\n")
    imports.start(people_import=made, by=world.ld_lead)
    place = imports.nominations.place

    def broken(**facts):
        if facts["nomination"].typed_name == "A":
            raise RuntimeError("a fault of ours")
        return place(**facts)

    monkeypatch.setattr(imports.nominations, "place", broken)
    imports.run_import(import_id=made.pk, now=timezone.now())

    assert outcomes(made) == [(2, "refused", imports.BROKEN), (3, "invited", "")]
    assert Nomination.objects.count() == 1


def test_a_list_starts_once_and_a_discarded_one_never(world):
    made, other = checked(world, "A,a@example.org,,,,\n"), checked(world, "B,b@example.org,,,,\n")

    assert [imports.start(people_import=made, by=world.ld_lead) for _ in range(2)] == [True, False]
    assert (imports.discard(people_import=made), imports.discard(people_import=other)) == (False, True)
    assert not imports.start(people_import=other, by=world.ld_lead)
    assert list(PeopleImportRow.objects.values_list("people_import", flat=True)) == [made.pk]
    assert imports.waiting_imports(timezone.now()) == [made.pk]


def test_five_thousand_rows_with_every_kind_of_mistake(world, django_assert_max_num_queries):
    """Each row has its answer within seconds, in few queries, and nobody is touched."""
    inside = member(world.organisation).email
    no_member = (
        "The line manager “boss{n}@example.org” is not a member here. Invite them first, or leave the cell empty"
    )
    kinds = [
        (lambda n: f"Person {n},p{n}@example.org,,,3/9/2027,", []),
        (lambda n: f",p{n}@example.org,,,,", ["There is no name"]),
        (lambda n: f"Person {n},p{n}.example.org,,,,", ["There is no @ in the address “p{n}.example.org”"]),
        (lambda n: f"=1+{n},p{n}@example.org,,,,", ["The name begins with “=”, like a formula. Write the name itself"]),
        (lambda n: f"Person {n},P{n - 4}@example.org,,,,", ["The same address is in row {first} already"]),
        (lambda n: f"Person {n},p{n}@example.org,,,33/9/2027,", ["“33/9/2027” is no date like 3/9/2027"]),
        (lambda n: f"Person {n},p{n}@example.org,{inside},{inside},2027-09-03,Leader", []),
        (lambda n: f"Person {n},p{n}@example.org,boss{n}@example.org,,,", [no_member]),
    ]  # fmt: skip
    lines = [kinds[n % len(kinds)][0](n) for n in range(5000)]
    content = ("sep=;\n" + (HEADER + "\n".join(lines)).replace(",", ";")).encode("cp1252")
    before, began = everything(), time.monotonic()

    with django_assert_max_num_queries(15):
        made = kept(world, people_lists.read_file(content))

    assert time.monotonic() - began < 10
    assert everything() == before
    answers = {n + 2: [words.format(n=n, first=n - 2) for words in kinds[n % len(kinds)][1]] for n in range(5000)}
    assert dict(made.rows.values_list("number", "problems")) == answers
    assert PeopleImport.objects.get(pk=made.pk).status == "checked"
