import json

from django import template

from authoring.translating.queries import count_untranslated, has_changed_elsewhere

register = template.Library()


@register.filter
def without_what_others_do(props):
    """Return what the package's editor offers, without what has other ways here.

    Its button stays for drafts; pages go live through the workflow. Pictures are the
    same in all languages.
    """
    offered = json.loads(props)
    offered["perms"] |= {"canPublish": True, "canUnpublish": False}
    offered["links"]["convertToAliasUrl"] = None
    offered["segments"] = [each for each in offered["segments"] if _is_text(each)]
    return json.dumps(offered)


def _is_text(segment):
    widget = segment["location"]["widget"] or {"type": "text"}
    return widget["type"] == "text"


@register.filter
def missing_texts(translation):
    return count_untranslated(translation)


@register.filter
def changed_elsewhere(translation, page):
    return has_changed_elsewhere(translation, page)
