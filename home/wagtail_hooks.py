from django.templatetags.static import static
from django.utils.html import format_html
from wagtail import hooks


@hooks.register("insert_global_admin_js")
def add_admin_script():
    """Start what Wagtail would start with inline scripts."""
    return format_html('<script src="{}"></script>', static("js/admin.js"))


@hooks.register("insert_global_admin_css")
def add_admin_colours():
    """Show the admin in the colours of the site."""
    return format_html('<link rel="stylesheet" href="{}">', static("css/admin.css"))
