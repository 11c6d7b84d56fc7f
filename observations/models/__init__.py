from observations.models.focus import FocusWish
from observations.models.observation import Observation, ObservationVersion

__all__ = ["FocusWish", "Observation", "ObservationVersion"]
