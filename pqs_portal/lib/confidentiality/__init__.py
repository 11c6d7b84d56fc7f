"""Finding what could identify somebody in a text, and offering something else in its place.

It never proves a text anonymous: people are also known by place, team or story.
"""

from .documents import Readable, read_document
from .finding import Certainty, Finding, Kind
from .replace import apply, replacements
from .search import find

__all__ = ["Certainty", "Finding", "Kind", "Readable", "apply", "find", "read_document", "replacements"]
