"""Addresses of the development plan."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
