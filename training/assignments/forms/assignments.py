"""The form for an assignment: course, people, dates, what counts and mail."""

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
    (_("Who"), ("teams", "people", "later_joiners")),
    (_("When"), ("starts_on", "due_rule", "due_on", "due_after_days")),
    (
        _("What counts"),
        (
            "pass_mark",
            "attempts_counted",
            "prior_counts",
            "anonymous_counts",
            "elsewhere_counts",
        ),
    ),
    (
        _("Recurrence"),
        ("recurs_from", "recurs_every_months", "recurs_on", "window_days"),
    ),
    (_("Mail"), MAIL),
)
RUNNING = (_("When the change applies"), ("running_too",))

# Limits that catch a number of years entered as months, or the reverse.
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
    """A new assignment, or a version of an existing one. Saves nothing itself."""

    course = forms.ChoiceField(label=_("Course"), widget=forms.RadioSelect)
    lessons = forms.MultipleChoiceField(
        label=_("Lessons"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_(
            "Select lessons to require only these. If none is selected, it is the whole course."
        ),
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
        help_text=_("E-mail addresses of people in your teams, one per line."),
    )
    remind_days_before = DayNumbersField(
        label=_("Reminders before the due date, in days"),
        required=False,
        initial=usual_reminders,
        help_text=_(
            "Separate with commas, such as 14, 3. People who have not done it also get "
            "a reminder on the due date, 1, 4, 7, 14 and 30 days after it, and then "
            "every week."
        ),
    )
    running_too = forms.BooleanField(
        label=_("Also change the current cycle"),
        required=False,
        help_text=_(
            "If not ticked, people who have already been asked keep their dates and "
            "requirements, and the change applies to future cycles and people added "
            "later. What is done does not change."
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
            "elsewhere_counts",
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
            "recurs_every_months": _("Recurs after how many months?"),
        }
        help_texts = {
            "title": _(
                "Shown in people's lists. If empty, the course's title is used."
            ),
            "due_after_days": _(
                "Only if it is due after joining. For people who joined before the "
                "start date, the days are counted from the start date."
            ),
            "later_joiners": _(
                "If not ticked, only people who are in the teams now are asked."
            ),
            "prior_counts": _(
                "If ticked, people who have already done it do not need to do it again."
            ),
            "anonymous_counts": _(
                "If ticked, learning before signing in counts, although nobody can "
                "know who did it."
            ),
            "elsewhere_counts": _(
                "If ticked, the course counts as done when a trainer records that "
                "somebody completed it elsewhere. What was completed before it was "
                "asked for only counts if “previous completion counts” is ticked, too."
            ),
            "recurs_every_months": _("Only if it recurs, such as 12 or 24."),
            "window_days": _("How long before expiry people can do it again."),
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
        """The assignment as typed, with the version that the form started from."""
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
            words = gettext("Select only lessons of “%(course)s”, or none.")
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
            self.add_error(
                "teams", gettext("Choose a team, or enter the people to ask.")
            )
