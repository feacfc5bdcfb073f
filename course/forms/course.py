"""The course editor's form: lenient with drafts, strict before a course goes live."""

from django.utils.translation import gettext as _

from course.forms.lesson import VersionedForm, name_child
from course.rules.option_rules import OptionText, find_option_faults

_SIDES = ("benefit", "harm")
_FIGURES = ("benefit_chance", "benefit_without", "harm_chance", "harm_without")
_NOT_READ = {"handle", "name", "evidence_sources", *_FIGURES}


class CourseForm(VersionedForm):
    """The form of a course, with its sources, options and statements."""

    def clean(self):
        cleaned = super().clean()
        # Children are checked together, so they are validated first.
        for name in ("sources", "options", "statements"):
            self.formsets[name].is_valid()
        if not self.is_deferred_validation:
            self._check_options()
            self._check_fits()
        return cleaned

    def _kept(self, name):
        return [form for form in self.formsets[name].filled_in_forms if not form.errors]

    def _check_options(self):
        kinds = self._kinds_of_sources()
        for number, form in enumerate(self._kept("options"), start=1):
            option = form.instance
            start = name_child(_("Option"), number, option.name)
            for handle in [h for h in option.source_list if h not in kinds]:
                message = _("The course has no source %(id)s.") % {"id": handle}
                self._report(form, "evidence_sources", start, message)
            for fault in find_option_faults(option_text(option, kinds)):
                message = _(fault.message) % fault.values
                self._report(form, fault.field, start, message)

    def _kinds_of_sources(self):
        formset = self.formsets["sources"]
        sources = [
            form.instance for form in formset.forms if form not in formset.deleted_forms
        ]
        return {source.handle: source.kind_of_evidence for source in sources}

    def _check_fits(self):
        options = [form.instance.handle for form in self._kept("options")]
        for number, form in enumerate(self._kept("statements"), start=1):
            start = name_child(_("Statement"), number, form.instance.text)
            for block in form.instance.fits:
                if block.value["option"] not in options:
                    message = _("The course has no option “%(id)s”.") % {
                        "id": block.value["option"]
                    }
                    self._report(form, "fits", start, message)

    def _report(self, form, field, start, message):
        """Add the message to the field and to the list at the top of the page."""
        form.add_error(field, message)
        self.add_error(None, f"{start}: {message}")


def option_text(option, kinds) -> OptionText:
    """Return the option as the rules read it; `kinds` maps sources to their kinds."""
    texts = {
        field.name: getattr(option, field.name)
        for field in option.content_fields
        if isinstance(getattr(option, field.name), str) and field.name not in _NOT_READ
    }
    return OptionText(
        texts=texts,
        chances={name: getattr(option, name) for name in _FIGURES},
        differences={s for s in _SIDES if getattr(option, f"{s}_is_more")},
        evidence=option.evidence,
        evidence_sources={h: kinds.get(h, "") for h in option.source_list},
    )
