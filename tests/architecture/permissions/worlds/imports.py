"""Rows and texts of the world: imports."""

from django.utils import timezone

from pathway.models import PeopleImport, PeopleImportRow


def build(side):
    """A list that waits for the lead's yes, and one that is carried out."""
    common = {"cohort": side.rows["cohort"], "made_by": side.people["ld_lead"]}
    names = {"file_name": f"{side.canary('importfile')}.csv", "unknown_columns": [side.canary("importcolumn")]}
    checked = side.own(PeopleImport, **common, **names)
    done = side.own(PeopleImport, status="done", finished_at=timezone.now(), **common, **names)
    empty = dict.fromkeys(("line_manager", "mentor", "starts_on", "taking_part_as"), "")
    cells = {"name": side.canary("importedname"), "email": f"imported@{side.mark.lower()}.example", **empty}
    side.own(PeopleImportRow, people_import=checked, number=2, cells=cells)
    why = {"outcome": "refused", "why": side.canary("importwhy")}
    side.own(PeopleImportRow, people_import=done, number=2, cells=cells, **why)
    side.rows |= {"people_import": checked, "people_import_done": done}
