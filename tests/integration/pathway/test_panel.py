"""The panel of a cohort: who is on it, and who puts them there."""

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.models import AuditEvent
from pathway.models import PanelMember
from tests.integration.pathway.posting import is_refused

TODAY = timezone.localdate


def test_the_panel_grows_and_shrinks(world, sign_in):
    url = reverse("pathway:cohort_people", args=[world.cohort.pk])
    client = sign_in(world.ld_lead)

    client.post(url, {"member": world.outsider.pk})
    client.post(url, {"member": world.outsider.pk})
    row = PanelMember.objects.get(member=world.outsider)
    assert world.outsider.name in client.get(url).content.decode()

    end = reverse("pathway:panel_member_end", args=[row.pk])
    assert client.get(end).status_code == 405
    client.post(end)
    row.refresh_from_db()
    assert row.ends_on == TODAY()
    assert AuditEvent.objects.filter(target_id=row.pk).count() == 2


def test_a_panel_member_must_be_chosen(world, sign_in):
    url = reverse("pathway:cohort_people", args=[world.cohort.pk])

    answer = sign_in(world.ld_lead).post(url, {"member": world.other.outsider.pk})

    assert is_refused(answer)
    assert world.cohort.panel_members.count() == 1


@pytest.mark.parametrize(("role", "status"), [("admin", 403), ("supervisor", 404), ("panel_member", 403)])
def test_only_the_lead_ends_a_panel_member(world, sign_in, role, status):
    end = reverse("pathway:panel_member_end", args=[world.cohort.panel_members.get().pk])

    assert sign_in(getattr(world, role)).post(end).status_code == status
    assert world.cohort.panel_members.get().ends_on is None
