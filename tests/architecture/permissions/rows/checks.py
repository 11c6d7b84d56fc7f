"""Who may do what: looking for what identifies somebody before a text is opened."""

from tests.architecture.permissions.rule import Rule, thing

CHECKED = {"pk": "evidence_portfolio"}

ROWS: dict[str, Rule] = {
    # One press beside what was found changes only what its writer has said.
    "portfolio:evidence_share found": thing(
        CHECKED, "supervisor", "supervisor", "mentor",
        data=lambda rows: {"version": 3, "words_do": f"fine:{rows['file_checked'].pk}"}, post_status=200,
    ),
}  # fmt: skip
TEXTS: dict[str, str] = {
    # Found in a file: nobody's but the writer's, whoever may open the file.
    "foundinfile": "supervisor",
}
PUBLIC: dict[str, dict[str, str]] = {}
