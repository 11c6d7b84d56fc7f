from django.apps import AppConfig


class SessionsCatalogueConfig(AppConfig):
    name = "sessions_catalogue"
