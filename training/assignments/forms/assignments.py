"""What a trainer says of an assignment: course, people, dates, what counts, mail."""

import uuid
from typing import NamedTuple

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db.models import Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from training.assignments.forms.schedules import ScheduleFields
from training.assignments.models import Assignment
from training.assignments.models.assignments import usual_reminders
from training.assignments.queries.contents import live_courses
from training.teams.access import learners_run_by, teams_run_by
from training.teams.forms.fields import DayNumbersField, PeopleField
from training.teams.models import Team

MAIL = (
    "remind_days_before",
    "remind_half_way",
    "notify_date_changes",
    "escalate_after_days",
)
GROUPS = (
    (_("What"), ("course", "lessons", "title")),
    (_("To whom"), ("teams", "people", "later_joiners")),
    (_("When"), ("starts_on", "due_rule", "due_on", "due_after_days")),
    (
        _("What counts"),
        ("pass_mark", "attempts_counted", "prior_counts", "anonymous_counts"),
    ),
    (_("Again"), ("recurs_from", "recurs_every_months", "recurs_on", "window_days")),
    (_("Mail"), MAIL),
)
RUNNING = (_("From when on"), ("running_too",))

# So that nobody means a year by a number of months, or the reverse.
LIMITS = {
    "due_after_days": (1, 3650),
    "pass_mark": (1, 100),
    "attempts_counted": (1, 100),
    "recurs_every_months": (1, 120),
    "window_days": (0, 365),
    "escalate_after_days": (1, 365),
}


class FieldGroup(NamedTuple):
    """Fields that belong together, under a heading."""

    title: str
    fields: list[forms.BoundField]


class AssignmentForm(ScheduleFields, forms.ModelForm):
    """A new assignment, or a version of one that is there. Saves nothing itself."""

    course = forms.ChoiceField(label=_("Course"), widget=forms.RadioSelect)
    lessons = forms.MultipleChoiceField(
        label=_("Lessons"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Tick some to ask for these only. None ticked: the whole course."),
    )
    teams = forms.ModelMultipleChoiceField(
        label=_("Teams"),
        queryset=Team.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    people = PeopleField(
        label=_("People"),
        required=False,
        help_text=_("E-mail addresses of people in your teams, one in each line."),
    )
    remind_days_before = DayNumbersField(
        label=_("Reminders before it is due, in days"),
        required=False,
        initial=usual_reminders,
        help_text=_(
            "With commas, such as 14, 3. On the day, and 1, 4, 7, 14 and 30 days "
            "after it, a reminder comes anyway to whoever has not done it."
        ),
    )
    running_too = forms.BooleanField(
        label=_("Change the cycle that runs now, too"),
        required=False,
        help_text=_(
            "Not ticked: who is at it keeps the dates and what was asked; the change "
            "begins with whatever is given out next. What is done stays as it is."
        ),
    )
    field_order = [name for _title, names in (*GROUPS, RUNNING) for name in names]

    key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    class Meta:
        model = Assignment
        fields = [
            "title",
            "starts_on",
            "due_rule",
            "due_on",
            "due_after_days",
            "later_joiners",
            "prior_counts",
            "anonymous_counts",
            "pass_mark",
            "attempts_counted",
            "recurs_from",
            "recurs_every_months",
            "recurs_on",
            "window_days",
            *MAIL,
        ]
        widgets = {"due_rule": forms.RadioSelect}
        labels = {
            "due_rule": _("When is it due?"),
            "due_after_days": _("Days after joining"),
            "pass_mark": _("Pass mark, per cent"),
            "recurs_every_months": _("Every how many months"),
        }
        help_texts = {
            "title": _("As people read it in their list. Empty: the course's title."),
            "due_after_days": _(
                "If it is due after joining. Who was there before the start counts "
                "from the start."
            ),
            "later_joiners": _("Not ticked: only those who are in the teams now."),
            "prior_counts": _("Ticked: who has done it already need not do it again."),
            "anonymous_counts": _(
                "Ticked: what somebody learnt before signing in counts, though nobody "
                "knows who sat there."
            ),
            "recurs_every_months": _("If it comes again, such as 12 or 24."),
            "window_days": _("How long before it expires it can be done again."),
        }

    def __init__(self, *args, user: User, **kwargs):
        super().__init__(*args, **kwargs)
        for name, (least, most) in LIMITS.items():
            self._limit(self.fields[name], least, most)
        self.fields["title"].required = False
        self.fields["due_rule"].choices = Assignment.DueRule.choices
        self._offer_courses()
        self._offer_people(user)
        if self.instance.pk:
            self._show_instance()
        else:
            del self.fields["running_too"]

    def _limit(self, field, least, most):
        field.validators += [MinValueValidator(least), MaxValueValidator(most)]
        field.widget.attrs |= {"min": least, "max": most}

    def _offer_courses(self):
        self.courses = live_courses(also=self.instance.course_key)
        self.fields["course"].choices = [
            (str(course.translation_key), course.title) for course in self.courses
        ]
        self.fields["lessons"].choices = [
            (
                course.title,
                [(str(each.translation_key), each.title) for each in lessons],
            )
            for course, lessons in self.courses.items()
        ]
        if len(self.courses) == 1:
            self.initial["course"] = self.fields["course"].choices[0][0]

    def _offer_people(self, user):
        chosen = Q(assignments=self.instance.pk) if self.instance.pk else Q()
        mine = teams_run_by(user).filter(Q(archived_at=None) | chosen)
        self.fields["teams"].queryset = mine.distinct().order_by("name")
        self.fields["people"].people = learners_run_by(user)

    def _show_instance(self):
        rule = self.instance
        self.initial |= {
            "course": str(rule.course_key),
            "lessons": rule.lesson_keys,
            "teams": rule.teams.all(),
            "people": list(rule.people.select_related("user")),
            "version": rule.version,
        }

    @property
    def groups(self) -> list[FieldGroup]:
        """The visible fields under their headings."""
        asked = (*GROUPS, RUNNING) if "running_too" in self.fields else GROUPS
        return [
            FieldGroup(title, [self[name] for name in names]) for title, names in asked
        ]

    @property
    def rule(self) -> Assignment:
        """The assignment as it was typed, of the version that the form began with."""
        self.instance.version = self.cleaned_data["version"] or 1
        return self.instance

    def clean(self):
        super().clean()
        self._clean_what()
        self._clean_to_whom()
        self.clean_due_day()
        self.clean_recurrence()
        return self.cleaned_data

    def _clean_what(self):
        key = self.cleaned_data.get("course")
        titles = {str(c.translation_key): c.title for c in self.courses}
        if not key:
            return
        chosen = self.cleaned_data.get("lessons", [])
        if set(chosen) - self._lessons_of(key):
            words = gettext("Tick lessons of “%(course)s” only, or none.")
            self.add_error("lessons", words % {"course": titles[key]})
        self.instance.course_key = uuid.UUID(key)
        self.instance.lesson_keys = sorted(chosen)
        self.cleaned_data["title"] = self.cleaned_data.get("title") or titles[key]

    def _lessons_of(self, key):
        return {
            str(lesson.translation_key)
            for course, lessons in self.courses.items()
            for lesson in lessons
            if str(course.translation_key) == key
        }

    def _clean_to_whom(self):
        if "people" in self.errors or "teams" in self.errors:
            return
        if not (self.cleaned_data["teams"] or self.cleaned_data["people"]):
            self.add_error("teams", gettext("Choose a team, or write whom to ask."))
