"""A panel that only a site in several languages shows."""

from wagtail.admin.panels import InlinePanel

from languages.content import has_several_languages


class OtherLanguagesPanel(InlinePanel):
    """What a site says in its other languages."""

    class BoundPanel(InlinePanel.BoundPanel):
        def is_shown(self):
            return has_several_languages()
