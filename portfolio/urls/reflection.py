"""Addresses of the critical reflection: its notebook, the piece, the mentor's side, the organisation's length."""

from django.urls import path

from portfolio.views import (
    mentee_reflection,
    notebook,
    reflection,
    reflection_comments,
    reflection_versions,
    word_limit,
)

VERSION = "portfolio/reflection/versions/<int:number>/"

urlpatterns = [
    path("portfolio/notebook/", notebook.Notebook.as_view(), name="notebook"),
    path("portfolio/notebook/new/", notebook.NoteNew.as_view(), name="note_new"),
    path("portfolio/reflection/", reflection.ReflectionPage.as_view(), name="reflection"),
    path("portfolio/reflection/edit/", reflection.ReflectionEdit.as_view(), name="reflection_edit"),
    path("portfolio/reflection/share/", reflection.ReflectionShare.as_view(), name="reflection_share"),
    path("portfolio/reflection/reopen/", reflection.ReflectionReopen.as_view(), name="reflection_reopen"),
    path(VERSION, reflection_versions.ReflectionVersionPage.as_view(), name="reflection_version"),
    path(f"{VERSION}changes/", reflection_versions.ReflectionChanges.as_view(), name="reflection_changes"),
    path(f"{VERSION}bring-back/", reflection_versions.ReflectionBringBack.as_view(), name="reflection_bring_back"),
    path("people/<uuid:pk>/reflection/", mentee_reflection.MenteeReflection.as_view(), name="mentee_reflection"),
    path(
        "people/<uuid:pk>/reflection/changes/<uuid:opened>/",
        mentee_reflection.MenteeReflectionChanges.as_view(),
        name="mentee_reflection_changes",
    ),
    path(
        "people/<uuid:pk>/reflection/comment/",
        reflection_comments.ReflectionCommentNew.as_view(),
        name="reflection_comment",
    ),
    path(
        "people/<uuid:pk>/reflection/comments/<uuid:comment>/answer/",
        reflection_comments.ReflectionAnswer.as_view(),
        name="reflection_answer",
    ),
    path("organisation/reflection-length/", word_limit.WordLimitPage.as_view(), name="word_limit"),
]
