"""A person who signs in with an e-mail address."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import TYPE_CHECKING, Any

import rules
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.functional import cached_property

from accounts.querysets import UserQuerySet

if TYPE_CHECKING:
    from accounts.models.membership import Membership


class UserManager(BaseUserManager.from_queryset(UserQuerySet)):  # type: ignore[misc]  # made at run time
    def create_user(self, email: str, password: str | None = None, **fields: Any) -> User:
        user: User = self.model(email=email.strip().lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def get_by_natural_key(self, email: str | None) -> User:
        found: User = self.get(email=(email or "").lower())
        return found


class User(AbstractBaseUser):
    """Somebody with an account. There are no superusers, and no sign-in times are kept."""

    class Font(models.TextChoices):
        STANDARD = "", "Standard"
        HYPERLEGIBLE = "hyperlegible", "Letters that are easy to tell apart"
        DYSLEXIC = "dyslexic", "Letters that are heavier at the foot"
        SERIF = "serif", "Letters with serifs"

    class Size(models.TextChoices):
        STANDARD = "", "Standard"
        LARGE = "large", "Larger"
        LARGEST = "largest", "Largest"

    class Spacing(models.TextChoices):
        STANDARD = "", "Standard"
        WIDE = "wide", "Wider"
        WIDEST = "widest", "Widest"

    class Tint(models.TextChoices):
        WHITE = "", "White"
        CREAM = "cream", "Cream"
        BLUE = "blue", "Pale blue"
        GREEN = "green", "Pale green"
        PINK = "pink", "Pale pink"
        GREY = "grey", "Pale grey"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    email = models.EmailField(unique=True, error_messages={"unique": "That address is already in use"})
    name = models.CharField(max_length=200)
    is_active = models.BooleanField(default=True)
    joined_at = models.DateTimeField(default=timezone.now)
    # How pages and the person's own PDF look to them; nobody else is told.
    font = models.CharField(max_length=20, choices=Font, blank=True)
    text_size = models.CharField(max_length=20, choices=Size, blank=True)
    spacing = models.CharField(max_length=20, choices=Spacing, blank=True)
    tint = models.CharField(max_length=20, choices=Tint, blank=True)
    # Nothing in the product watches when people were last here.
    last_login = None

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["name"]

    objects = UserManager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(email=Lower("email")), name="user_email_is_lower_case"),
        ]

    def __str__(self) -> str:
        return self.name or self.email

    def get_short_name(self) -> str:
        return self.name.split(" ")[0] if self.name else self.email

    def has_perm(self, perm: str, obj: object = None) -> bool:
        """Whether the rules allow it; ``rules`` itself would let an inactive person pass."""
        return bool(self.is_active and rules.has_perm(str(perm), self, obj))

    @cached_property
    def live_memberships(self) -> list[Membership]:
        """Today's memberships with their organisation and role grants; read once per loaded person."""
        if not self.is_active:
            return []
        found = (
            self.memberships.live(timezone.localdate())
            .select_related("organisation")
            .prefetch_related("role_grants")
            .order_by("organisation__name")
        )
        return list(found)

    @property
    def live_organisation_ids(self) -> list[uuid.UUID]:
        return [membership.organisation_id for membership in self.live_memberships]

    def roles_in(self, organisation_id: object, on: dt.date | None = None) -> set[str]:
        """Codes of the roles held now in the organisation."""
        day = on or timezone.localdate()
        return {
            grant.role
            for membership in self.live_memberships
            if membership.organisation_id == organisation_id
            for grant in membership.role_grants.all()
            if grant.is_live(day)
        }

    def organisation_ids_with_role(self, *roles: str) -> list[uuid.UUID]:
        """The organisations in which one of ``roles`` is held now."""
        return [pk for pk in self.live_organisation_ids if self.roles_in(pk) & set(roles)]
