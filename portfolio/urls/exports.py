"""Addresses of exports."""

from django.urls import path

from portfolio.views import exports

urlpatterns = [
    path("portfolio/export/", exports.OwnExport.as_view(), name="own_export"),
    path("exports/", exports.ExportList.as_view(), name="export_list"),
    path("people/<uuid:pk>/export/", exports.ExportNew.as_view(), name="export_new"),
    path("exports/<uuid:pk>/", exports.Export.as_view(), name="export"),
    path("exports/<uuid:pk>/again/", exports.ExportAgain.as_view(), name="export_again"),
    path("exports/<uuid:pk>/download/", exports.ExportDownload.as_view(), name="export_download"),
]
