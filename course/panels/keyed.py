"""Inline panels whose children keep their key in drafts, autosave and publishing.

Wagtail creates a child without a primary key again from each posted form, so a default
key changes with each draft. Here the key is part of the form.
"""

import uuid

from django import forms
from django.utils.text import capfirst, slugify
from django.utils.translation import gettext_lazy as _
from modelcluster.forms import BaseChildFormSet
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.panels import InlinePanel
from wagtail.admin.panels.base import get_form_for_model

from course.rules.free_names import free_name

ANOTHER_HAS_IT = _("This id is already used. Choose a different one.")


class KeyedForm(WagtailAdminModelForm):
    """A child's form with its translation key in a hidden field.

    The field is blank in the form for new children. Their key is created when they are
    first posted, and sent back to the open page.
    """

    translation_key = forms.UUIDField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args, instance=None, **kwargs):
        super().__init__(*args, instance=instance, **kwargs)
        if instance is not None:
            self.initial["translation_key"] = instance.translation_key

    def clean(self):
        cleaned = super().clean()
        self.instance.translation_key = (
            self.cleaned_data.get("translation_key")
            or (self.instance.pk and self.instance.translation_key)
            or uuid.uuid4()
        )
        return cleaned

    def get_field_updates_for_resave(self):
        return [
            *super().get_field_updates_for_resave(),
            (self.add_prefix("translation_key"), str(self.instance.translation_key)),
        ]


class OwnChildField(forms.ModelChoiceField):
    """Which child a form is about, without asking the database for each child."""

    def __init__(self, child, **kwargs):
        super().__init__(**kwargs)
        self.child = child

    def to_python(self, value):
        if value and str(value) == str(self.child.pk):
            return self.child
        return super().to_python(value)


class KeyedFormSet(BaseChildFormSet):
    """Children that are read from what the page holds in memory."""

    def add_fields(self, form, index):
        super().add_fields(form, index)
        plain = form.fields["id"]
        form.fields["id"] = OwnChildField(
            form.instance,
            queryset=plain.queryset,
            initial=plain.initial,
            required=False,
            widget=plain.widget,
        )


class UniqueHandlesFormSet(KeyedFormSet):
    """Children whose ids must be unique before they go live, but not in drafts.

    This cannot be a database constraint, because rows are written one by one and two
    children could not swap their ids.
    """

    def clean(self):
        super().clean()
        taken: set[str] = set()
        for form in self.forms:
            handle = form.cleaned_data.get("handle")
            if self._should_delete_form(form) or form.is_deferred_validation:
                continue
            if handle and handle in taken:
                form.add_error("handle", ANOTHER_HAS_IT)
            taken.add(handle)


class KeyedInlinePanel(InlinePanel):
    """An `InlinePanel` for translatable children that keeps their keys."""

    # If a revision was saved before its children had primary keys, publishing it
    # creates
    # new rows, so rows are identified by their translation keys:
    # https://github.com/wagtail/wagtail/issues/1853
    # https://github.com/wagtail/wagtail/issues/13332

    form_class = KeyedForm
    formset_class = UniqueHandlesFormSet

    def get_form_options(self):
        options = super().get_form_options()
        formset = options["formsets"][self.relation_name]
        deferred = self.child_edit_handler.get_form_options().get(
            "defer_required_on_fields", []
        )
        formset["form"] = get_form_for_model(
            self.db_field.related_model,
            form_class=self.form_class,
            defer_required_on_fields=deferred,
        )
        formset["formset"] = self.formset_class
        return options


class HandledForm(KeyedForm):
    """A child's form whose id is made from its text if left blank."""

    handle = forms.CharField(required=False, max_length=80)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        of_the_model = self._meta.model._meta.get_field("handle")
        self.fields["handle"].label = capfirst(of_the_model.verbose_name)
        self.fields["handle"].help_text = of_the_model.help_text

    def clean_handle(self):
        return slugify(self.cleaned_data["handle"])

    def get_field_updates_for_resave(self):
        return [
            *super().get_field_updates_for_resave(),
            (self.add_prefix("handle"), self.instance.handle),
        ]


class HandledFormSet(KeyedFormSet):
    """Children with unique ids.

    In drafts, a repeated id is not an error: the later one gets a number.
    """

    def clean(self):
        taken: set[str] = set()
        for form in self.filled_in_forms:
            self._give_handle(form, taken)
            taken.add(form.instance.handle)
            if form.instance.pk is None:
                self._adopt_stored(form)
        super().clean()

    @property
    def filled_in_forms(self):
        """The forms that make a child, in page order."""
        kept = [
            form
            for form in self.forms
            if not self._should_delete_form(form)
            and (form.instance.pk or form.has_changed())
        ]
        return sorted(kept, key=lambda form: form.cleaned_data.get("ORDER") or 0)

    def _adopt_stored(self, form):
        """Recognise a child that was stored before the page had an id for it.

        An author can publish while an autosave is in progress, and the child would be
        stored twice.
        """
        posted = {other.instance.pk for other in self.forms}
        for child in getattr(self.instance, self.rel_name).all():
            is_same = child.handle == form.instance.handle and child.pk not in posted
            if child.pk and is_same and not form.cleaned_data.get("translation_key"):
                form.instance.pk = child.pk
                form.instance.translation_key = child.translation_key
                return

    def _give_handle(self, form, taken):
        typed = form.cleaned_data.get("handle")
        if typed in taken and not form.is_deferred_validation:
            form.add_error("handle", ANOTHER_HAS_IT)
            return
        base = typed or slug_of(str(form.instance)) or self.model._meta.model_name
        free = free_name(base, taken)
        form.instance.handle = form.cleaned_data["handle"] = free


def slug_of(text: str) -> str:
    """Return the first words of the text as a slug of up to 50 characters."""
    slug = slugify(text)
    return slug if len(slug) <= 50 else slug[:51].rpartition("-")[0] or slug[:50]


class HandledInlinePanel(KeyedInlinePanel):
    """A `KeyedInlinePanel` whose children have readable ids."""

    form_class = HandledForm
    formset_class = HandledFormSet
