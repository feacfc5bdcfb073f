"""Create the information pages about the site."""

from collections.abc import Iterable

from django.db import transaction

from home.models import HomePage, InformationPage
from home.rules.page_files import PageFile


@transaction.atomic
def add_missing_pages(
    *, home: HomePage, files: Iterable[PageFile]
) -> list[InformationPage]:
    """Publish a page below `home` for each file whose slug does not exist yet.

    Return the new pages in the order of the files. Existing pages, including drafts,
    belong to editors and do not change.
    """
    taken = set(home.get_children().values_list("slug", flat=True))
    return [_publish(home, file) for file in files if file.slug not in taken]


def _publish(home: HomePage, file: PageFile) -> InformationPage:
    page = InformationPage(
        slug=file.slug,
        title=file.title,
        search_description=file.description,
        body=file.body,
        is_help=file.is_help,
        show_in_menus=True,
    )
    home.add_child(instance=page)
    page.save_revision().publish()
    return page
