"""The WSGI entry point that the web server loads."""

import os
from threading import Thread

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "pqs_portal.settings")

application = get_wsgi_application()


def load_names() -> None:
    """The lists of names take a second and 60 MB: the first page that checks a text should not wait for them."""
    from pqs_portal.lib.confidentiality import find  # noqa: PLC0415 -- not needed to begin answering

    find("Anna")


Thread(target=load_names, daemon=True).start()
