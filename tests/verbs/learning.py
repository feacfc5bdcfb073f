"""What learners and authors do with answers, courses and lists."""

import json
import uuid
from contextlib import suppress

from django.utils import timezone

from clarity.actions import say_whether_clear
from course.models import LessonPage
from progress.actions import enrolments as progress_actions
from progress.actions import recall, reminding
from progress.models import Certificate, Enrolment
from quizzes.actions import answering, beginning, reading, regrading
from quizzes.actions.company import note_company
from quizzes.models import Attempt, Grade, Question
from visit import actions as visits
from visit.queries.questions import find_questions


class Learning:
    """Verbs about what somebody learns."""

    def finish(self):
        self._give(self._place.other, self._identity, question=1)

    def answer_on_the_device(self):
        self._give(self._place.other, self._device, question=1)

    def begin_again(self):
        beginning.begin_again(
            lesson=self._place.lesson,
            learner=self._learner,
            which="all",
            at=timezone.now(),
        )

    def begin_course_again(self):
        beginning.begin_course_again(
            learner=self._learner,
            course_key=self._place.course.translation_key,
            at=timezone.now(),
        )

    def show_result(self):
        attempt = Attempt.objects.filter(learner=self._learner).earliest("pk")
        answering.grade_attempt(attempt=attempt, at=timezone.now())

    def _before_show_result(self):
        """Leave the first attempt submitted and not marked, as a crash does."""
        Grade.objects.filter(attempt__learner=self._learner).delete()

    def catch_up(self):
        key = self._place.course.translation_key
        progress_actions.catch_up(course_key=key, at=timezone.now())

    def _before_catch_up(self):
        """Leave a course in which all is done that is there now, and not completed."""
        self.finish()
        self.read()
        mine = Enrolment.objects.filter(learner=self._learner)
        Certificate.objects.filter(enrolment__in=mine).delete()
        mine.update(completed_at=None)

    def read(self):
        reading.mark_as_read(
            lesson=self._place.reading, identity=self._identity, at=timezone.now()
        )

    def choose_a_question(self):
        visits.choose_questions(
            identity=self._identity, added=self._askable(), at=timezone.now()
        )

    def choose_on_the_device(self):
        visits.choose_questions(
            identity=self._device, added=self._askable(), at=timezone.now()
        )

    def _askable(self):
        entry = self._place.lesson.faq_entries.get()
        return find_questions([entry.translation_key]).values()

    def change_the_list(self):
        key = self._place.lesson.faq_entries.get().translation_key
        learner = self._learner
        visits.move_question(learner=learner, key=key, by=1, seen=1)
        visits.strike_out_question(learner=learner, key=key, is_struck_out=True)
        visits.remove_question(learner=learner, key=key)

    def _before_change_the_list(self):
        self.choose_a_question()

    def look_back(self):
        lesson = self._place.lesson
        recall.review_question(
            learner=self._learner,
            lesson_key=lesson.translation_key,
            question_key=lesson.questions.first().translation_key,
            is_right=False,
            at=timezone.now(),
        )

    def ask_for_look_backs_by_mail(self):
        with suppress(reminding.UnableToRemind):
            reminding.ask_for_reminders(
                learner=self._learner, language="en", at=timezone.now()
            )

    def stop_look_backs_by_mail(self):
        reminding.stop_reminders(account=self._learner.user_id)

    def _before_stop_look_backs_by_mail(self):
        self.ask_for_look_backs_by_mail()

    def say_whether_clear(self):
        say_whether_clear(
            lesson=self._place.lesson,
            is_clear=False,
            words="Too many numbers",
            form_key=self._form_key,
            at=timezone.now(),
        )

    def send_from_the_phone(self):
        """Send an answer that waited there, as two of its pages may at once."""
        self._give(self._place.other, self._identity, 1, client_uuid=self._form_key)

    def look_at_marks(self):
        attempt, at = Attempt.objects.filter(learner=self._learner), timezone.now()
        regrading.note_seen(attempt=attempt.earliest("pk"), until=at, at=at)

    def say_who_helps(self):
        attempt = Attempt.objects.filter(learner=self._learner).earliest("pk")
        note_company(attempt=attempt, answered_with=Attempt.Company.INTERPRETER)

    def _before_regrade(self):
        """Make another option the right one, so that there is something to mark anew."""
        for question in Question.objects.filter(lesson=self._place.lesson):
            options = question.options.get_prep_value()
            for option in options[:2]:
                option["value"]["right"] = not option["value"]["right"]
            Question.objects.filter(pk=question.pk).update(options=json.dumps(options))

    def regrade(self):
        regrading.regrade_lesson(
            lesson=LessonPage.objects.get(pk=self._place.lesson.pk),
            choice="re_mark",
            before=None,
            actor=None,
            at=timezone.now(),
        )

    def publish(self):
        """Publish a quiz that is being answered, with another wording."""
        lesson = LessonPage.objects.get(pk=self._place.other.pk)
        question = lesson.questions.first()
        question.stem = f"{uuid.uuid4().hex}?"
        lesson.questions.add(question)
        lesson.save_revision().publish()
