"""Beat shows that it is alive, and knows the schedule of the settings."""

from django.conf import settings

from pqs_portal import beat
from pqs_portal.celery import app


def test_tick_leaves_a_sign_of_life(tmp_path, monkeypatch):
    monkeypatch.setattr(beat, "SIGN_OF_LIFE", tmp_path / "beat")
    scheduler = beat.BeatScheduler(app)

    seconds = scheduler.tick()

    assert (tmp_path / "beat").exists()
    assert 0 < seconds <= 60


def test_schedule_is_that_of_the_settings():
    assert set(settings.CELERY_BEAT_SCHEDULE) <= set(beat.BeatScheduler(app).schedule)
