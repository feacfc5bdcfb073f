"""Records of ours (`articles`, `loading`, `reviews`) and the step of the workflow (`tasks`)."""

from authoring.models.articles import ImportedArticle
from authoring.models.loading import LoadedPage
from authoring.models.reviews import ClinicalReview, LiveContent
from authoring.models.tasks import ClinicalReviewTask, UnableToSignOff

__all__ = [
    "ClinicalReview",
    "ClinicalReviewTask",
    "ImportedArticle",
    "LiveContent",
    "LoadedPage",
    "UnableToSignOff",
]
