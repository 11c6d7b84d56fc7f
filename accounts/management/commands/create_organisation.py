"""Makes an organisation and invites its first admin; everything else happens in the browser."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.core.validators import validate_email, validate_slug

from accounts.invitations import invitation_url
from accounts.models import Organisation
from accounts.services.organisations import create_organisation


class Command(BaseCommand):
    help = "Makes an organisation and sends its first admin an invitation; prints the link as well."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--name", required=True)
        parser.add_argument("--slug", required=True, help="short name in small letters, like northshire")
        parser.add_argument("--admin-name", required=True)
        parser.add_argument("--admin-email", required=True)

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            validate_slug(options["slug"])
            validate_email(options["admin_email"])
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from error
        if Organisation.objects.filter(slug=options["slug"]).exists():
            raise CommandError(f"There is an organisation with the slug {options['slug']} already.")
        membership = create_organisation(
            name=options["name"],
            slug=options["slug"],
            admin_name=options["admin_name"],
            admin_email=options["admin_email"],
        )
        self.stdout.write(f"{options['name']} is made. The invitation to {membership.invited_email} is on its way.")
        self.stdout.write(invitation_url(membership))
