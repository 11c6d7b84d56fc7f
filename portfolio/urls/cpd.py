"""Addresses of records for a regulator."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
