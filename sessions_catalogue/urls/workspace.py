from django.urls import path

from sessions_catalogue.views import opened, worksheet_form, worksheets, workspace

urlpatterns = [
    path("sessions/<int:number>/workspace/", workspace.WorkspacePage.as_view(), name="workspace"),
    path("sessions/<int:number>/workspace/print/", workspace.WorkspacePrint.as_view(), name="workspace_print"),
    path("sessions/own/<uuid:pk>/workspace/", workspace.WorkspacePage.as_view(), name="own_workspace"),
    path("sessions/own/<uuid:pk>/workspace/print/", workspace.WorkspacePrint.as_view(), name="own_workspace_print"),
    path("workspace/items/<uuid:pk>/", workspace.WorkspaceItem.as_view(), name="workspace_item"),
    path("workspace/notes/<uuid:pk>/open/", opened.OpenEntry.as_view(), name="workspace_open"),
    path("people/<uuid:pk>/session-notes/", opened.SessionNotes.as_view(), name="session_notes"),
    path("worksheets/", worksheets.WorksheetList.as_view(), name="worksheet_list"),
    path("worksheets/<uuid:pk>/", worksheets.WorksheetPage.as_view(), name="worksheet"),
    path("worksheets/<uuid:pk>/print/", worksheets.WorksheetPrint.as_view(), name="worksheet_print"),
    path("worksheets/<uuid:pk>/edit/", worksheet_form.WorksheetEdit.as_view(), name="worksheet_edit"),
    path("worksheets/<uuid:pk>/open/", opened.OpenWorksheet.as_view(), name="worksheet_open"),
    path("worksheets/<uuid:pk>/erase/", worksheets.WorksheetErase.as_view(), name="worksheet_erase"),
    path("worksheets/<uuid:pk>/restore/", worksheets.WorksheetRestore.as_view(), name="worksheet_restore"),
    path("worksheets/<slug:key>/new/", worksheet_form.WorksheetNew.as_view(), name="worksheet_new"),
    path("worksheets/<slug:key>/blank/", worksheets.WorksheetBlank.as_view(), name="worksheet_blank"),
]
