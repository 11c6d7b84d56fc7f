"""Every address of the portal. A page lives in the app of the row it writes; pages that only read, in insights."""

from __future__ import annotations

from django.conf import settings
from django.urls import include, path, re_path

from insights.views.home import Home
from pqs_portal import views

# allauth's pages that are not offered: nobody signs up, and addresses are changed by an organisation admin.
CLOSED = [
    path("accounts/signup/", views.closed, name="closed_signup"),
    path("accounts/email/", views.closed, name="closed_email"),
    re_path(r"^accounts/confirm-email/(?:.*)$", views.closed, name="closed_confirm_email"),
    path("accounts/login/code/confirm/", views.closed, name="closed_login_code"),
    path("accounts/2fa/", include([path("webauthn/<path:rest>", views.closed, name="closed_webauthn")])),
]

PUBLIC = [
    path("accessibility/", views.PublicPage.as_view(template_name="pages/accessibility.html"), name="accessibility"),
    path("privacy/", views.PublicPage.as_view(template_name="pages/privacy.html"), name="privacy"),
    path("cookies/", views.PublicPage.as_view(template_name="pages/cookies.html"), name="cookies"),
    path("help/", views.PublicPage.as_view(template_name="pages/help.html"), name="help"),
    path("healthz", views.healthz, name="healthz"),
    path("readyz", views.readyz, name="readyz"),
]

urlpatterns = [
    path("", Home.as_view(), name="home"),
    *CLOSED,
    *PUBLIC,
    path("accounts/2fa/", include("allauth.mfa.urls")),
    path("accounts/sessions/", include("allauth.usersessions.urls")),
    path("accounts/", include("allauth.account.urls")),
    path("", include("accounts.urls")),
    path("", include("pathway.urls")),
    path("", include("sessions_catalogue.urls")),
    path("", include("observations.urls")),
    path("", include("portfolio.urls")),
    path("", include("reminders.urls")),
    path("", include("insights.urls")),
]

if settings.DEVELOPMENT:
    from pqs_portal import development

    urlpatterns += development.urlpatterns
