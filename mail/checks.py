"""Django system checks: each kind of mail is complete and registered once."""

from collections import Counter
from collections.abc import Iterable, Iterator

from django.core.checks import CheckMessage, Error
from django.template import TemplateDoesNotExist
from django.template.loader import get_template

from mail.kinds import MailKind, registered_kinds


def check_registered_kinds(
    app_configs: object, **options: object
) -> list[CheckMessage]:
    """Return errors in the kinds that rooms have registered."""
    return list(check_kinds(registered_kinds()))


def check_kinds(kinds: Iterable[MailKind]) -> Iterator[CheckMessage]:
    """Yield an error for each kind without label or template, or registered twice."""
    kinds = list(kinds)
    for kind in kinds:
        name = type(kind).__name__
        if not (kind.code and str(kind.label)):
            yield Error(f"{name} has no code or no label.", id="mail.E001")
        if not (kind.templates or kind.words_come_with_it):
            yield Error(f"{name} has no template.", id="mail.E002")
        for template in kind.templates:
            if not _exists(f"{template}.txt"):
                yield Error(f"{name}: {template}.txt does not exist.", id="mail.E002")
    for code, number in Counter(kind.code for kind in kinds).items():
        if number > 1:
            yield Error(f"“{code}” is registered {number} times.", id="mail.E003")


def _exists(template: str) -> bool:
    try:
        get_template(template)
    except TemplateDoesNotExist:
        return False
    return True
