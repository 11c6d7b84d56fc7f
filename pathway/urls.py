from django.urls import URLPattern

app_name = "pathway"

urlpatterns: list[URLPattern] = []
