"""A template tag for parts of pages that are the same for everybody."""

from django import template
from django.template.base import token_kwargs
from django.utils.safestring import mark_safe

from page_cache.memory import recall_part
from page_cache.parts import UnableToShare, name_part

register = template.Library()


class SharedPartNode(template.Node):
    """Renders what it encloses with the declared values alone, without the request.

    So nothing else can get into a part, and what is remembered depends on them only.
    """

    def __init__(self, name, values, nodes):
        self.name, self.values, self.nodelist = name, values, nodes

    def render(self, context):
        values = {key: value.resolve(context) for key, value in self.values.items()}
        try:
            name = name_part(self.name, values)
        except UnableToShare:
            return self._build(context, values)
        return mark_safe(recall_part(name, lambda: self._build(context, values)))  # noqa: S308

    def _build(self, context, values):
        alone = template.Context(values, autoescape=context.autoescape)
        with alone.bind_template(context.template):
            return str(self.nodelist.render(alone))


@register.tag
def shared_part(parser, token):
    """Remember the enclosed part of the page, until content changes.

    `{% shared_part "name" page=page number=3 %}…{% endshared_part %}`: what it encloses
    sees these values only. The name is used once in all templates.
    """
    _tag, name, *bits = token.split_contents()
    values = token_kwargs(bits, parser)
    if bits:
        raise template.TemplateSyntaxError(f"shared_part cannot read {bits[0]!r}.")
    nodes = parser.parse(("endshared_part",))
    parser.delete_first_token()
    return SharedPartNode(name.strip("\"'"), values, nodes)
