"""Records of ours, and the step of the workflow (`tasks`)."""

from authoring.models.articles import ImportedArticle
from authoring.models.keys import KeyConfirmation
from authoring.models.loading import LoadedPage
from authoring.models.reminders import ReviewReminder
from authoring.models.reviews import ClinicalReview, LiveContent
from authoring.models.tasks import ClinicalReviewTask, UnableToSignOff

__all__ = [
    "ClinicalReview",
    "ClinicalReviewTask",
    "ImportedArticle",
    "KeyConfirmation",
    "LiveContent",
    "LoadedPage",
    "ReviewReminder",
    "UnableToSignOff",
]
