"""What of a board is asked for."""

from __future__ import annotations

from django import forms

from insights.queries.board import Show, Sort
from pqs_portal.lib.forms import gov_helper

SHOW_WORDS = {
    Show.EVERYBODY: "Everybody",
    Show.NEED_A_WORD: "Who could do with a word",
    Show.MISSED: "Who has a session to catch up on",
    Show.NO_MENTOR: "Who has no mentor",
    Show.PAUSED: "Whose year is paused",
}
SORT_WORDS = {
    Sort.WORD: "Who could do with a word first",
    Sort.NAME: "Name",
    Sort.ATTENDED: "Sessions attended, fewest first",
    Sort.OBSERVATIONS: "Observations, fewest first",
    Sort.MENTOR: "Mentor",
}
DETAILS = {"": "The year", "sessions": "Each session", "observations": "Each observation"}


class BoardForm(forms.Form):
    """Always answers: what an address asks wrongly is shown as if it had not been asked."""

    show = forms.ChoiceField(label="Show", choices=list(SHOW_WORDS.items()), required=False)
    sort = forms.ChoiceField(label="Order by", choices=list(SORT_WORDS.items()), required=False)
    detail = forms.ChoiceField(label="With", choices=list(DETAILS.items()), required=False)

    def __init__(self, data: object) -> None:
        super().__init__(data)  # type: ignore[arg-type]  # a request's query
        self.helper = gov_helper(method="get", button=None, secondary="Show", form_tag=True)
        self.helper.form_class = "pp-filter pp-no-print"

    def asked(self) -> tuple[Show, Sort, str]:
        self.is_valid()
        data = self.cleaned_data
        return Show(data.get("show") or Show.EVERYBODY), Sort(data.get("sort") or Sort.WORD), data.get("detail") or ""
