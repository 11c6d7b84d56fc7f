from django.urls import URLPattern

app_name = "sessions_catalogue"

urlpatterns: list[URLPattern] = []
