from django.urls import path

from sessions_catalogue.views import calendars

urlpatterns = [
    path("calendar/", calendars.Calendar.as_view(), name="calendar"),
    path("calendar/address/", calendars.CalendarMake.as_view(), name="calendar_make"),
    path("calendar/end/", calendars.CalendarEnd.as_view(), name="calendar_end"),
    path("calendar/<str:token>.ics", calendars.CalendarFeedFile.as_view(), name="calendar_feed"),
]
