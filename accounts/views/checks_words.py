"""What makes a page look for identifying words before it opens a text to somebody.

A page that opens a text puts ``ChecksWords`` before its own class::

    class PlanShare(ChecksWords, GuardedForm):
        @property
        def checked_thing(self): …            # the row that is opened
        def checked_texts(self, form): …      # [CheckedText(name, label, text)], as others would read them
        def write_back(self, form, texts): …  # texts by name, through the page's own service

and its template, where the writer has read the text and before the form, puts

    {% include "components/words_found.html" with words=words only %}

Words can be marked where the template shows a text: ``{{ plan.body|marked:words }}`` in place of ``|text``,
``{{ plan.title|marked_line:words }}`` in place of the escaped value.

Pages of ``portfolio/views/opening.py`` use ``CheckedOpening`` in portfolio/views/opening_checked.py instead.

The buttons belong to the page's own form, so nothing typed is lost and no JavaScript is needed; ``form_valid`` is
reached only when nothing is left to look at. ``is_opening`` says whether the form opens anything at all.
What was found stands on the page alone: never in a log, an audit row, a message, a session or an address.
"""

from __future__ import annotations

import uuid
from abc import abstractmethod
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.forms import BaseForm
from django.forms.utils import ErrorDict
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.functional import cached_property

from accounts.models import TenantModel
from accounts.services.said_fine import ask_again, digest_of, said_fine, say_fine
from accounts.views.base import PortalRequest
from pqs_portal.lib.text import as_typed
from pqs_portal.lib.words_found import TITLES, CheckedText, Item, items_in, replaced

PRESSED = "words_do"
MOST_OF_A_FILE = 30


@dataclass(frozen=True)
class CheckedFile:
    """``found``: what was found in it, each {"kind", "where", "text"}; None while nobody has looked yet."""

    id: uuid.UUID
    name: str
    found: Sequence[Mapping[str, str]] | None
    not_read: Sequence[str] = ()
    remove_url: str = ""
    replace_url: str = ""


@dataclass(frozen=True)
class FoundInFile:
    title: str
    words: str
    where: str


@dataclass
class OpenFile:
    """A file that somebody has to look at. Without ``found`` it is not read yet."""

    token: str
    file: CheckedFile
    found: list[FoundInFile]
    digests: list[str]

    @property
    def is_waiting(self) -> bool:
        return self.file.found is None

    @property
    def shown(self) -> list[FoundInFile]:
        return self.found[:MOST_OF_A_FILE]

    @property
    def more(self) -> int:
        return max(0, len(self.found) - MOST_OF_A_FILE)


@dataclass
class OpenItem:
    token: str
    item: Item
    digests: list[str]


@dataclass
class Words:
    """What the template shows. ``open_items``: nothing was said of them yet."""

    form_id: str
    open_items: list[OpenItem] = field(default_factory=list)
    open_files: list[OpenFile] = field(default_factory=list)
    not_read: list[CheckedFile] = field(default_factory=list)
    said_fine: int = 0
    # What the press before this page did.
    done: str = ""

    @property
    def likely(self) -> list[OpenItem]:
        return [row for row in self.open_items if row.item.likely]

    @property
    def possible(self) -> list[OpenItem]:
        return [row for row in self.open_items if not row.item.likely]

    @property
    def count(self) -> int:
        return len(self.open_items) + len(self.open_files)

    @property
    def to_mark(self) -> list[str]:
        return [word for row in self.open_items for word in row.item.words]


def type_into(form: BaseForm, values: Mapping[str, object]) -> None:
    """Change what a form holds that was sent, hidden version numbers included."""
    data = form.data.copy()  # type: ignore[attr-defined]  # a view posts a QueryDict
    for name, value in values.items():
        data[form.add_prefix(name)] = str(value)
    form.data = data


class ChecksWords:
    request: PortalRequest
    words_form_id = "check-and-share"
    words_done = ""

    @property
    @abstractmethod
    def checked_thing(self) -> TenantModel:
        """What is opened; what its writer said of its words is remembered for it."""

    @property
    def checked_id(self) -> uuid.UUID:
        """For what it is remembered."""
        return self.checked_thing.pk

    @abstractmethod
    def checked_texts(self, form: Any) -> Sequence[CheckedText]:
        """As others would read them, what is typed into this page's form included (``form[name].value()``)."""

    @abstractmethod
    def write_back(self, form: Any, texts: Mapping[str, str]) -> HttpResponse | None:
        """Save the changed texts, by the names given in ``checked_texts``, as a new version, and make the form and
        whatever the page has cached agree with it (``type_into``). A response is the page's answer instead: saved
        in another window meanwhile, say. Texts that only the form holds: ``type_into(form, texts)``."""

    def checked_files(self) -> Sequence[CheckedFile]:
        return ()

    def leave_for(self, form: Any, url: str) -> HttpResponse:
        """To the page about one of the files, ``url``; a page whose form holds what is saved nowhere keeps it first."""
        return redirect(url)

    def is_opening(self, form: Any) -> bool:
        """Whether somebody may read more after this form than before. Asked of a valid form."""
        return True

    def known_names(self) -> Collection[str]:
        """Full names that may stand in it; by default the writer's own."""
        return (self.request.user.name,)

    @cached_property
    def _fine(self) -> frozenset[str]:
        return said_fine(author=self.request.user, thing_id=self.checked_id)

    def words(self, form: Any) -> Words:
        """What stands in the texts and files now and what the writer has not said to be fine."""
        words = Words(self.words_form_id, done=self.words_done)
        known = {_plain(name) for name in self.known_names()}
        for item in items_in(self.checked_texts(form)):
            digests = [self._digest(item.kind, text) for text in item.words]
            if any(_plain(text) in known for text in item.words):
                continue
            if self._fine.issuperset(digests):
                words.said_fine += 1
            else:
                words.open_items.append(OpenItem(digests[0][:32], item, digests))
        for file in self.checked_files():
            self._add_file(words, file, known)
        return words

    def _add_file(self, words: Words, file: CheckedFile, known: Collection[str]) -> None:
        if file.not_read:
            words.not_read.append(file)
        if file.found is None:
            digests, rows = [self._digest("file", str(file.id))], []
        else:
            asked = [row for row in file.found if _plain(row["text"]) not in known]
            pairs = [(row, self._digest(row["kind"], row["text"])) for row in asked]
            rows = [
                FoundInFile(TITLES[row["kind"]], row["text"], row["where"])
                for row, digest in pairs
                if digest not in self._fine
            ]
            digests = [digest for _, digest in pairs]
        if not digests:
            return
        if self._fine.issuperset(digests):
            words.said_fine += 1
        else:
            words.open_files.append(OpenFile(str(file.id), file, rows, digests))

    def _digest(self, kind: str, words: str) -> str:
        return digest_of(author=self.request.user, thing_id=self.checked_id, kind=kind, words=words)

    def get_form(self, form_class: Any = None) -> Any:
        form = super().get_form(form_class)  # type: ignore[misc]  # the page's own
        helper = getattr(form, "helper", None)  # a form drawn by hand gives itself the id
        if helper is not None:
            helper.form_id = helper.form_id or self.words_form_id
            self.words_form_id = helper.form_id
            # Without the place on the page that the last press led to: problems are told at the top.
            helper.form_action = helper.form_action or self.request.get_full_path()
        return form

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)  # type: ignore[misc]  # the page's own
        return {"words": self.words(context["form"])} | context

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        form = self.get_form()
        if PRESSED in request.POST:
            return self._pressed(form, request.POST[PRESSED])
        if form.is_valid() and self.is_opening(form) and (count := self.words(form).count):
            form.add_error(None, _look_first(count))
        answer: HttpResponse = (
            self.form_valid(form) if form.is_valid() else self.form_invalid(form)  # type: ignore[attr-defined]  # the same
        )
        return answer

    def _pressed(self, form: Any, pressed: str) -> HttpResponse:
        """One of the buttons beside the words. The page comes back as it was typed, and nothing is judged yet."""
        answer = self._act(form, *[*pressed.split(":", 2), "", ""][:3])
        if answer is not None:
            return answer
        self.__dict__.pop("_fine", None)
        form._errors = ErrorDict()
        page: HttpResponse = self.render_to_response(self.get_context_data(form=form))  # type: ignore[attr-defined]
        return page

    def _act(self, form: Any, what: str, token: str, instead: str) -> HttpResponse | None:
        words = self.words(form)
        if what == "use":
            chosen = [row for row in words.open_items if row.token == token and instead in row.item.stand_ins]
            return self._replace(form, chosen, instead)
        if what == "use_all":
            return self._replace(form, words.likely)
        if what == "fine":
            rows: list[OpenItem | OpenFile] = [*words.open_items, *words.open_files]
            self._say_fine([row for row in rows if row.token == token])
        elif what == "possible_fine":
            self._say_fine(words.possible)
        elif what in ("replace_file", "remove_file"):
            file = next((row.file for row in words.open_files if row.token == token), None)
            if file:
                return self.leave_for(form, file.replace_url if what == "replace_file" else file.remove_url)
        elif what == "ask_again":
            ask_again(author=self.request.user, thing_id=self.checked_id)
            self.words_done = "Everything that was found is shown again."
        return None

    def _replace(self, form: Any, rows: Sequence[OpenItem], instead: str = "") -> HttpResponse | None:
        choices = {word: instead or row.item.stand_ins[0] for row in rows for word in row.item.words}
        texts = replaced(self.checked_texts(form), choices)
        if not texts:
            return None
        self.words_done = f"“{instead}” stands there now." if instead else "The words offered stand there now."
        return self.write_back(form, texts)

    def _say_fine(self, rows: Sequence[OpenItem | OpenFile]) -> None:
        say_fine(
            author=self.request.user,
            thing_id=self.checked_id,
            organisation_id=self.checked_thing.organisation_id,
            digests=[digest for row in rows for digest in row.digests],
        )
        if rows:
            self.words_done = "Left as it is. You are not asked about it again here."


def typed_text(form: Any, name: str, label: str = "") -> CheckedText:
    """A text that stands in the page's own form, as it was sent or as the form began."""
    words = str(form[name].value() or "").replace("\x00", "")  # which the field itself refuses
    return CheckedText(name, label or str(form.fields[name].label), as_typed(words))


def _plain(words: str) -> str:
    return " ".join(words.split()).casefold()


def _look_first(count: int) -> str:
    what = "what was found" if count == 1 else f"the {count} things that were found"
    return f"Look at {what} first: write something else, or say that it is fine"
