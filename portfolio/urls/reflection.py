"""Addresses of the critical reflection and its notebook."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
