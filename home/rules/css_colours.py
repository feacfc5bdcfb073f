"""Map each colour of the NHS style sheet to one of our custom properties.

A colour has different meanings by role: white is the text of a button and the
background of a card, but only the background is dark in the dark theme.
"""

import re

COLOUR = re.compile(r"#[0-9a-f]{3,8}\b|\b(?:rgb|hsl)a?\([^)]*\)", re.IGNORECASE)

_ROLES = {
    "color": "text",
    "fill": "text",
    "background": "ground",
    "background-color": "ground",
}

# colour: (as text or icon, as background, as line or shadow)
TOKENS = {
    "#000": ("print-ink", "print-ink", "print-ink"),
    "#fff": ("on-brand", "surface", "on-brand"),
    "#212b32": ("ink", "night", "ink"),
    "#4c6272": ("ink-soft", "ink-soft", "line-input"),
    "#d8dde0": ("line", "sunken", "line"),
    "#f0f4f5": ("line", "page", "line"),
    "#005eb8": ("link", "brand", "brand-line"),
    "#002f5c": ("link-active", "brand-active", "brand-active"),
    "#330072": ("link-visited", "link-visited", "link-visited"),
    "#7c2855": ("link-hover", "link-hover", "link-hover"),
    "#d9e7f4": ("on-brand", "tint", "tint"),
    "#c7dcef": ("on-brand", "tint-strong", "tint-strong"),
    "#007f3b": ("good", "action", "good"),
    "#00662f": ("good", "action-hover", "action-hover"),
    "#00401e": ("good", "action-active", "action-active"),
    "#d5281b": ("bad", "alarm", "bad"),
    "#aa2016": ("bad", "alarm-hover", "alarm-hover"),
    "#6b140e": ("on-bad-tint", "alarm-active", "alarm-active"),
    "#ffeb3b": ("highlight", "highlight", "highlight"),
    "#fff9c4": ("caution", "caution", "caution"),
    "hsla(0,0%,100%,.99)": ("on-brand", "surface", "on-brand"),
}


def in_our_colours(
    name: str, value: str, *, on_highlight: bool, meets_ground: bool
) -> str:
    """Return the value with each literal colour replaced by a custom property.

    `on_highlight` is true for focus and other highlights, which stay yellow with dark
    text in the dark theme. `meets_ground` is true for a border drawn as a solid shape
    that continues the background next to it. Raises KeyError for an unknown colour.
    """
    role = "ground" if meets_ground else _ROLES.get(name, "line")

    def token(match: re.Match[str]) -> str:
        colour = match[0].lower()
        if colour == "#212b32" and on_highlight:
            return "var(--app-on-highlight)"
        text, ground, line = TOKENS[colour]
        return f"var(--app-{ {'text': text, 'ground': ground}.get(role, line) })"

    return COLOUR.sub(token, value)
