from django.apps import AppConfig


class PortalConfig(AppConfig):
    name = "pqs_portal"

    def ready(self) -> None:
        from pqs_portal import checks  # noqa: F401, PLC0415 -- registers the checks
