from django import forms
from django.core.exceptions import ValidationError
from django.utils.functional import lazy
from django.utils.text import format_lazy
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.forms.plain import PlainForm
from authoring.questions import formats
from authoring.questions.formats.reading import read_questions
from authoring.questions.rules.items import BrokenQuestionsError, ParsedQuestions


class QuestionFileForm(PlainForm):
    """A file of questions: first an upload, then text kept in the form."""

    file = forms.FileField(
        label=_("File"),
        required=False,
        help_text=format_lazy(
            "{formats}. {limits}",
            formats=lazy(formats.readable_formats, str)(),
            limits=_("The file must use UTF-8 and be no larger than 1 MB."),
        ),
    )
    text = forms.CharField(required=False, strip=False, widget=forms.HiddenInput)
    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    parsed: ParsedQuestions

    def clean(self):
        cleaned = super().clean()
        try:
            text = self._text(cleaned)
            self.parsed = read_questions(text)
        except BrokenQuestionsError as error:
            self.add_error("file", [_message(note) for note in error.problems])
        else:
            cleaned["text"] = text
        return cleaned

    def _text(self, cleaned):
        if upload := cleaned.get("file"):
            return formats.decode_question_file(upload.read(formats.LARGEST + 1))
        if text := cleaned.get("text"):
            return text
        raise ValidationError({"file": gettext("Choose a file.")})


def _message(note):
    return gettext("Line %(line)d: %(text)s") % {"line": note.line, "text": note.text}
