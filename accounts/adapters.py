"""Our answers to allauth's questions: invitation only, mail through the outbox, TOTP secrets encrypted."""

from __future__ import annotations

import base64
import hashlib
import time
from typing import Any, ClassVar

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.authentication import get_authentication_records
from allauth.mfa.adapter import DefaultMFAAdapter
from cryptography.fernet import Fernet
from django.conf import settings
from django.core.mail import EmailMessage, EmailMultiAlternatives
from django.http import HttpRequest
from django.utils.safestring import SafeString, mark_safe

from accounts.models import User
from accounts.services.mail import queue_account_mail


class AccountAdapter(DefaultAccountAdapter):
    # In words that say how to mend it.
    error_messages: ClassVar = {
        **DefaultAccountAdapter.error_messages,
        "email_password_mismatch": "Check the e-mail address and the password: together they match no account",
        "too_many_login_attempts": "Too many failed tries. Wait five minutes, then try again",
        "incorrect_password": "Check the password: it is not the one you sign in with",
        "enter_current_password": "Check your present password: it is not the one you sign in with",
        "rate_limited": "Too many tries in a short time. Wait some minutes, then try again",
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def is_reauthentication_required(self, *, app: str, **kwargs: Any) -> bool:
        """Not within a quarter of an hour of signing in; allauth would ask again at once."""
        limit = time.time() - settings.ACCOUNT_REAUTHENTICATION_TIMEOUT
        records = get_authentication_records(self.request, self.request.user)
        fresh = any(record["at"] > limit for record in records if record["method"] in ("password", "mfa"))
        required: bool = not fresh and super().is_reauthentication_required(app=app, **kwargs)
        return required

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Queue instead of send, so that known and unknown addresses take the same time."""
        message: EmailMessage = self.render_mail(template_prefix, email, {**context, "site_url": settings.SITE_URL})
        html = ""
        if isinstance(message, EmailMultiAlternatives) and message.alternatives:
            html = str(message.alternatives[0][0])
        queue_account_mail(to=email, subject=str(message.subject), text=str(message.body), html=html)

    def send_password_reset_mail(self, user: User, email: str, context: dict[str, Any]) -> None:
        """To the address we hold, never to one that merely looks like it."""
        super().send_password_reset_mail(user, user.email, context)

    def get_reset_password_from_key_url(self, key: str) -> str:
        """Links come from SITE_URL, never from the request's Host header."""
        from django.urls import reverse  # noqa: PLC0415 -- URLs load after adapters

        path = reverse("account_reset_password_from_key", kwargs={"uidb36": "UID", "key": "KEY"})
        return settings.SITE_URL + path.replace("UID-KEY", key)


class SecondFactorAdapter(DefaultMFAAdapter):
    """Secrets at rest are encrypted with a key derived from SECRET_KEY."""

    error_messages: ClassVar = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": "Enter the code that the app shows now, or a recovery code that you have not used",
    }

    def build_totp_svg(self, url: str) -> SafeString:
        """Drawn into the page itself, since the content policy lets no data: picture in."""
        drawn = super().build_totp_svg(url).partition("?>")[2].strip()
        label = "QR code for your authenticator app. The key below says the same."
        svg: SafeString = mark_safe(drawn.replace("<svg ", f'<svg role="img" aria-label="{label}" class="pp-qr" ', 1))  # noqa: S308 -- drawn by the library from our own URL
        return svg

    @property
    def _cipher(self) -> Fernet:
        digest = hashlib.sha256(b"second factor:" + settings.SECRET_KEY.encode()).digest()
        return Fernet(base64.urlsafe_b64encode(digest))

    def encrypt(self, text: str) -> str:
        return self._cipher.encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        return self._cipher.decrypt(encrypted_text.encode()).decode()
