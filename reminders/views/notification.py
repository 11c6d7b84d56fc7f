"""A person's own notices."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from accounts.views.base import Guarded, GuardedPage
from reminders.models import Notification
from reminders.permissions import Perm
from reminders.services.reading import mark_all_read, mark_read

PER_PAGE = 30


class NotificationList(GuardedPage):
    permission_required = Perm.SEE_NOTICES
    template_name = "reminders/notification_list.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        mine = Notification.objects.visible_to(self.request.user).of(self.target)
        page = Paginator(mine.unread_first(), PER_PAGE).get_page(self.request.GET.get("page"))
        return super().get_context_data(page=page, **kwargs)


class NotificationOpen(Guarded):
    """Marks one as read; its title on the list leads to the thing itself."""

    permission_required = Perm.MARK_READ

    def load(self) -> Notification:
        found: Notification = self.visible(Notification.objects)
        return found

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        mark_read(notification=self.target, by=self.request.user, now=timezone.now())
        messages.success(request, "Marked as read")
        return redirect("reminders:notification_list")


class AllRead(Guarded):
    permission_required = Perm.SEE_NOTICES

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        mark_all_read(organisation=self.target, by=self.request.user, now=timezone.now())
        messages.success(request, "All notices are marked as read")
        return redirect("reminders:notification_list")
