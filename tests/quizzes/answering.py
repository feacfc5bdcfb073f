"""How tests answer a whole quiz at once, without its pages."""

import uuid

from django.utils import timezone

from accounts.identity import Identity
from quizzes.actions import answering, beginning
from quizzes.rules.paper import Response


def answer_all(lesson, learner, *texts, again=False):
    """Answer all questions with options of these texts; None: not sure.

    `learner` None is a new patient; `again` opens a further attempt first.
    """
    at = timezone.now()
    user = learner.user if learner else None
    if again:
        beginning.begin_again(lesson=lesson, learner=learner, which="all", at=at)
    for question, text in zip(lesson.questions.all(), texts, strict=True):
        chosen = [str(o.id) for o in question.options if o.value["text"] == text]
        response = Response(tuple(chosen), not_sure=text is None)
        token = learner.token if learner else uuid.uuid5(uuid.NAMESPACE_URL, str(at))
        answering.give_answer(
            lesson=lesson,
            identity=Identity(token or uuid.uuid4(), user),
            question_key=str(question.translation_key),
            read=lambda _question, response=response: response,
            seen=0,
            client_uuid=uuid.uuid4(),
            at=at,
        )
