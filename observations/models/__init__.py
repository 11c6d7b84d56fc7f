from observations.models.observation import Observation, ObservationVersion

__all__ = ["Observation", "ObservationVersion"]
