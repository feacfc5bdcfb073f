"""What is asked before something is done for many people."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.forms.plain import PlainForm
from accounts.models import User
from course.rules.digests import digest_json
from training.teams.models import Membership


class BulkForm(PlainForm):
    """Carries a digest of who was shown, so that it is done for nobody else.

    If others match by then, or somebody left, the form asks again.
    """

    shown = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(
        self, *args: Any, user: User, people: QuerySet[Membership], **kwargs: Any
    ):
        super().__init__(*args, **kwargs)
        self.user, self.people = user, people
        self.keys = list(people.values_list("pk", flat=True))
        self.initial["shown"] = self._now = digest_json(sorted(self.keys))[:16]

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        if self.data.get("shown") != self._now:
            self.data = self.data.copy()
            self.data["shown"] = self._now
            text = gettext(
                "The people have changed since you opened this page. Check them."
            )
            self.add_error(None, text)
        return cleaned

    def terms(self) -> dict[str, Any]:
        """Return what was entered, as plain values."""
        return {}


class RemindForm(BulkForm):
    """A trainer's own words, above what each person still has to do."""

    words = forms.CharField(
        label=_("In your own words"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_(
            "The e-mail lists what the person still has to do and until when. You can"
            " add something."
        ),
    )

    def terms(self):
        return {"words": self.cleaned_data["words"]}
