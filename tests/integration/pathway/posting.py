"""What the tests of pathway's forms post."""

import re


def date(name, on):
    return {f"{name}_day": on.day, f"{name}_month": on.month, f"{name}_year": on.year}


def title_of(response):
    return re.search(r"<title>(.*?)</title>", response.content.decode(), re.DOTALL)[1].strip()


def is_refused(response):
    """The page is shown again with its errors."""
    return response.status_code == 200 and title_of(response).startswith("Error: ")
