"""Pages for people who build the portal: the gallery of components and the mail that was sent. Never in production."""

from __future__ import annotations

import email
import email.policy
from pathlib import Path

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path

from pqs_portal.gallery import gallery


def _messages() -> list[tuple[str, email.message.EmailMessage]]:
    """(file name, message), newest first."""
    folder = Path(settings.MAIL_SINK_DIR) if settings.MAIL_SINK_DIR else None
    files = sorted(folder.glob("*.eml"), reverse=True) if folder and folder.is_dir() else []
    return [
        (file.stem, email.message_from_bytes(file.read_bytes(), policy=email.policy.default)) for file in files[:200]
    ]


@login_not_required
def mail_list(request: HttpRequest) -> HttpResponse:
    mails = [
        {"id": name, "to": message["to"], "subject": message["subject"], "at": message["date"]}
        for name, message in _messages()
    ]
    return render(request, "gallery/mail_list.html", {"mails": mails})


@login_not_required
def mail(request: HttpRequest, name: str) -> HttpResponse:
    found = dict(_messages()).get(name)
    if found is None:
        raise Http404
    body = found.get_body(preferencelist=("plain",))
    text = body.get_content() if body else ""
    return render(request, "gallery/mail.html", {"mail": found, "text": text, "headers": found.items()})


urlpatterns = [
    path("gallery/", gallery, name="gallery"),
    path("mail/", mail_list, name="mail_list"),
    path("mail/<str:name>/", mail, name="mail"),
]
