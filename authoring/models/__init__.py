"""Records of ours (`loading`, `reviews`) and the step of the workflow (`tasks`)."""

from authoring.models.loading import LoadedPage
from authoring.models.reviews import ClinicalReview, LiveContent
from authoring.models.tasks import ClinicalReviewTask, UnableToSignOff

__all__ = [
    "ClinicalReview",
    "ClinicalReviewTask",
    "LiveContent",
    "LoadedPage",
    "UnableToSignOff",
]
