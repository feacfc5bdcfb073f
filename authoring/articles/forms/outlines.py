"""The forms of an outline: its lessons, or a file of another site."""

from typing import Any

from django import forms
from django.utils.translation import gettext, gettext_lazy

from accounts.forms.plain import PlainForm
from authoring.articles.rules.outline import FIRST_LANGUAGE
from authoring.articles.rules.outline_files import (
    LARGEST,
    MOST_LESSONS,
    UnreadableOutline,
    Written,
    check_outline,
    read_list,
    read_outline,
    read_pairs,
    write_pairs,
)

_SHORT = {"rows": 2, "dir": "auto"}


class OutlineForm(PlainForm):
    """What an outline has besides its lessons."""

    title = forms.CharField(label=gettext_lazy("Name of the outline"), max_length=255)
    signs = forms.CharField(
        label=gettext_lazy("Words in the title of an article that speak for it"),
        widget=forms.Textarea(_SHORT),
        required=False,
        help_text=gettext_lazy(
            "Between commas. “*” stands for any letters, as in “dent*”."
        ),
    )
    marks = forms.CharField(
        label=gettext_lazy("Topics of headings that speak for it"),
        widget=forms.Textarea(_SHORT),
        required=False,
        help_text=gettext_lazy("Between commas, as in the lessons below."),
    )


class OutlineLessonForm(PlainForm):
    """A lesson of an outline. One without a title is left out."""

    place = forms.IntegerField(
        label=gettext_lazy("Position"), required=False, min_value=1, max_value=99
    )
    title = forms.CharField(
        label=gettext_lazy("Title of the lesson"),
        max_length=255,
        required=False,
        widget=forms.TextInput({"dir": "auto"}),
        help_text=gettext_lazy("Empty the title to remove the lesson."),
    )
    titles = forms.CharField(
        label=gettext_lazy("Title in other languages"),
        widget=forms.Textarea(_SHORT),
        required=False,
        help_text=gettext_lazy("One per line, such as “es: Tratamiento”."),
    )
    topics = forms.CharField(
        label=gettext_lazy("Topics"),
        widget=forms.Textarea(_SHORT),
        required=False,
        help_text=gettext_lazy("Between commas, such as “symptoms, diagnosis”."),
    )
    words = forms.CharField(
        label=gettext_lazy("Other words in its headings"),
        widget=forms.Textarea(_SHORT),
        required=False,
        help_text=gettext_lazy("One language per line, such as “en: bill, insurance”."),
    )

    @property
    def written(self) -> Written:
        """The lesson as an outline holds it. Raises UnreadableOutline."""
        data = self.cleaned_data
        words = read_pairs(data["words"])
        return {
            "title": {FIRST_LANGUAGE: data["title"]} | read_pairs(data["titles"]),
            "topics": read_list(data["topics"]),
            "words": {language: read_list(own) for language, own in words.items()},
        }


LessonsFormSet = forms.formset_factory(
    OutlineLessonForm, extra=2, max_num=MOST_LESSONS + 2, absolute_max=MOST_LESSONS * 2
)


class OutlineForms:
    """The forms of an outline together, filled in with what is written."""

    def __init__(self, written: Written, data=None):
        self.form = OutlineForm(data, initial=_initial(written))
        lessons = [_initial_of_lesson(one) for one in written["lessons"]]
        for number, initial in enumerate(lessons, start=1):
            initial["place"] = number
        self.lessons = LessonsFormSet(data, initial=lessons, prefix="lessons")

    def is_valid(self) -> bool:
        """Return whether it can be saved, as `content`. Otherwise the forms say why not."""
        if not (self.form.is_valid() & self.lessons.is_valid()):
            return False
        try:
            self.content = check_outline(self._written())
        except UnreadableOutline as error:
            self.form.add_error(None, error.problems)
        return not self.form.errors

    def _written(self) -> Written:
        data = self.form.cleaned_data
        filled = [one for one in self.lessons if one.cleaned_data.get("title")]
        filled.sort(key=lambda one: one.cleaned_data["place"] or len(filled) + 1)
        return {
            "title": data["title"],
            "signs": read_list(data["signs"]),
            "marks": read_list(data["marks"]),
            "lessons": [one.written for one in filled],
        }


def _initial(written: Written) -> dict[str, Any]:
    return {
        "title": written["title"],
        "signs": ", ".join(written.get("signs", ())),
        "marks": ", ".join(written.get("marks", ())),
    }


def _initial_of_lesson(written: Written) -> dict[str, Any]:
    others = {k: v for k, v in written["title"].items() if k != FIRST_LANGUAGE}
    words = {k: ", ".join(v) for k, v in written.get("words", {}).items()}
    return {
        "title": written["title"][FIRST_LANGUAGE],
        "titles": write_pairs(others),
        "topics": ", ".join(written.get("topics", ())),
        "words": write_pairs(words),
    }


class OutlineFileForm(PlainForm):
    """An outline of another site, as a file."""

    file = forms.FileField(
        label=gettext_lazy("File"),
        help_text=gettext_lazy("A .yaml file that was downloaded on a page like this."),
    )
    replace = forms.BooleanField(
        label=gettext_lazy("Replace an outline of the same name"), required=False
    )

    def clean_file(self):
        """Return the outline in the file."""
        file = self.cleaned_data["file"]
        if file.size > LARGEST:
            raise forms.ValidationError(gettext("This file is too big for an outline."))
        try:
            return read_outline(file.read().decode("utf-8-sig"))
        except UnicodeDecodeError:
            raise forms.ValidationError(
                gettext("This file is not text in UTF-8.")
            ) from None
        except UnreadableOutline as error:
            raise forms.ValidationError(error.problems) from error
