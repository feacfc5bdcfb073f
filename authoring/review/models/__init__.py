"""Records of reviews, and the workflow task (`tasks`)."""

from authoring.review.models.keys import KeyConfirmation
from authoring.review.models.reviews import ClinicalReview, LiveContent
from authoring.review.models.tasks import ClinicalReviewTask, UnableToSignOff

__all__ = [
    "ClinicalReview",
    "ClinicalReviewTask",
    "KeyConfirmation",
    "LiveContent",
    "UnableToSignOff",
]
