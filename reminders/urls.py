from django.urls import path

from reminders.views import notification

app_name = "reminders"

urlpatterns = [
    path("notices/", notification.NotificationList.as_view(), name="notification_list"),
    path("notices/all-read/", notification.AllRead.as_view(), name="all_read"),
    path("notices/<uuid:pk>/", notification.NotificationOpen.as_view(), name="notification_open"),
]
