"""Languages of the interface. Those of what is taught are a setting of their own."""

from config import environment as env

LANGUAGE_CODE = "en"
# Each by its own name, so that whoever reads it finds it.
_NAMES = {"en": "English", "es": "Español", "ar": "العربية"}
_chosen = env.read_choices("INTERFACE_LANGUAGES", tuple(_NAMES))
LANGUAGES = [
    (code, name)
    for code, name in _NAMES.items()
    if code == LANGUAGE_CODE or code in _chosen
]
WAGTAILADMIN_PERMITTED_LANGUAGES = LANGUAGES
# Courses are first in the site's own language, and may be translated into these.
_taught = env.read_choices("CONTENT_LANGUAGES", [c for c, _ in LANGUAGES], ["en"])
WAGTAIL_CONTENT_LANGUAGES = [
    (code, name) for code, name in LANGUAGES if code == LANGUAGE_CODE or code in _taught
]
WAGTAIL_I18N_ENABLED = len(WAGTAIL_CONTENT_LANGUAGES) > 1
# Language → who checked its translation and speaks it from birth; pages say if nobody did.
TRANSLATIONS_CHECKED_BY = {
    "es": env.read_text("TRANSLATION_CHECKED_BY_ES"),
    "ar": env.read_text("TRANSLATION_CHECKED_BY_AR"),
}
