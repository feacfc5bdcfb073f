"""The form of an editor's page as it was opened, which tests send back."""

from bs4 import BeautifulSoup


def fields_shown(page):
    """Yield the name and value of each field of the editor as it is opened."""
    form = BeautifulSoup(page.content, "html.parser").select_one("[data-edit-form]")
    for field in form.select("input[name], textarea[name]"):
        is_ticked = field.get("type") not in {"checkbox", "radio"} or field.has_attr(
            "checked"
        )
        if is_ticked:
            unnamed = "on" if field.get("type") == "checkbox" else field.text
            yield field["name"], field.get("value", unnamed)
    for choice in form.select("select[name]"):
        chosen = choice.select_one("option[selected]")
        yield choice["name"], chosen["value"] if chosen else ""
