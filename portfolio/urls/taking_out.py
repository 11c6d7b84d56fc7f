"""Addresses of taking words out for good, and sending a piece back for it."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
