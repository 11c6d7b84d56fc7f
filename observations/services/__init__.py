from observations.services.focus import AnotherMentor, ask_focus, take_back_focus
from observations.services.release import reflect_on_observation, release_observation
from observations.services.write import (
    StaleVersion,
    Written,
    plan_observation,
    record_observation,
    replan_observation,
    save_observation,
)

__all__ = [
    "AnotherMentor",
    "StaleVersion",
    "Written",
    "ask_focus",
    "plan_observation",
    "record_observation",
    "reflect_on_observation",
    "release_observation",
    "replan_observation",
    "save_observation",
    "take_back_focus",
]
