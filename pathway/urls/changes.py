from django.urls import path

from pathway.views import changes, needs

YEAR = "enrolments/<uuid:pk>/changes/"

urlpatterns = [
    path(YEAR, changes.YearChanges.as_view(), name="year_changes"),
    path(f"{YEAR}move/", changes.YearMove.as_view(), name="year_move"),
    path(f"{YEAR}pause/", changes.YearPause.as_view(), name="year_pause"),
    path(f"{YEAR}pause/change/", changes.YearPauseChange.as_view(), name="year_pause_change"),
    path(f"{YEAR}extend/", changes.YearExtend.as_view(), name="year_extend"),
    path(f"{YEAR}hours/", changes.YearPace.as_view(), name="year_pace"),
    path(f"{YEAR}end/", changes.YearWithdraw.as_view(), name="year_withdraw"),
    path(f"{YEAR}return/", changes.YearReturn.as_view(), name="year_return"),
    path("enrolments/<uuid:pk>/needs/", needs.Needs.as_view(), name="needs"),
]
