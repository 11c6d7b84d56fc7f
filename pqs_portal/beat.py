"""The scheduler that production's beat uses: it leaves a sign of life for a health check to look at."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from celery.beat import Scheduler

SIGN_OF_LIFE = Path(os.environ.get("BEAT_FILE", "/tmp/beat"))  # noqa: S108 -- in a container of its own


class BeatScheduler(Scheduler):
    """Keeps its schedule in memory: it is a list of intervals, and celery's own file shows no life on every dbm."""

    def tick(self, *args: Any, **kwargs: Any) -> float:
        """Called again after at most ``max_interval`` seconds; says how many until the next task."""
        SIGN_OF_LIFE.touch()
        seconds: float = super().tick(*args, **kwargs)
        return seconds
