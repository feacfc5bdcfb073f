from django import template

from authoring import queries

register = template.Library()

register.simple_tag(queries.sign_off_of, name="sign_off")
register.simple_tag(queries.sign_offs_of, name="sign_offs")


@register.filter
def of_page(sign_offs, page):
    """Return the page's sign-off out of those of many pages, or None."""
    return sign_offs.get(page.translation_key)
