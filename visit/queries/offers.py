"""What a learner could ask, offered and not chosen for them."""

import uuid
from collections.abc import Collection

from accounts.models import Learner
from quizzes.models import Grade
from visit.queries.questions import AskableQuestion, find_questions


def missed_questions(
    learner: Learner | None, chosen: Collection[uuid.UUID]
) -> list[AskableQuestion]:
    """Return the quiz questions that the learner missed or was not sure about.

    Those that were right in another attempt or are on the list are left out. Makes one
    query, and four more if there are any.
    """
    grades = Grade.objects.filter(attempt__learner=learner) if learner else ()
    marks = (
        list(grades.order_by("pk").values_list("marks", flat=True)) if learner else []
    )
    right = {key for each in marks for key in each["right"]}
    missed = [key for each in marks for key in (*each["wrong"], *each["not_sure"])]
    keys = [uuid.UUID(key) for key in dict.fromkeys(missed) if key not in right]
    found = find_questions([key for key in keys if key not in chosen])
    return [found[key] for key in keys if key in found]
