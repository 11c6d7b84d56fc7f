from django.urls import path

from pathway.views import imports

urlpatterns = [
    path("cohorts/<uuid:pk>/people/bring-in/", imports.PeopleImportNew.as_view(), name="people_import_new"),
    path("people-imports/example/", imports.PeopleImportExample.as_view(), name="people_import_example"),
    path("people-imports/<uuid:pk>/", imports.PeopleImportPage.as_view(), name="people_import"),
    path("people-imports/<uuid:pk>/start/", imports.PeopleImportStart.as_view(), name="people_import_start"),
    path("people-imports/<uuid:pk>/discard/", imports.PeopleImportDiscard.as_view(), name="people_import_discard"),
    path("people-imports/<uuid:pk>/result/", imports.PeopleImportResult.as_view(), name="people_import_result"),
]
