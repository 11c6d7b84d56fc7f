"""Addresses of what the pieces say about the areas."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
