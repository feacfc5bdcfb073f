"""Create the information pages about the site, and keep former addresses of pages."""

from collections.abc import Iterable

from django.db import transaction
from wagtail.models import GroupPagePermission, Locale, Page, WorkflowPage

from home.models import FormerAddress, HomePage, InformationPage
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


def add_home_page_in(*, home: HomePage, locale: Locale) -> HomePage | None:
    """Publish the home page in this language, without a text, unless there is one.

    Below it stand pages in the language. Return it if it is new.
    """
    if found := home.get_translation_or_none(locale):
        permit_as_on(home=home, page=found)
        return None
    page = home.copy_for_translation(locale, exclude_fields=["intro"])
    page.save_revision().publish()
    return page


@transaction.atomic
def permit_as_on(*, home: Page, page: Page) -> None:
    """Give each role the rights on `page` that it has on `home`, and its workflow.

    What an administrator set on `page` stays as it is.
    """
    if not page.group_permissions.exists():
        GroupPagePermission.objects.bulk_create(
            GroupPagePermission(
                group_id=row.group_id, page=page, permission_id=row.permission_id
            )
            for row in home.group_permissions.all()
        )
    for row in WorkflowPage.objects.filter(page=home):
        WorkflowPage.objects.get_or_create(
            page_id=page.pk, defaults={"workflow_id": row.workflow_id}
        )


def keep_former_address(*, page: Page, url_path: str) -> None:
    """Keep where the page was, so that links to it and below it still lead there.

    Too long an address is not kept.
    """
    if len(url_path) <= FormerAddress._meta.get_field("url_path").max_length:
        FormerAddress.objects.update_or_create(
            url_path=url_path, defaults={"page": Page(pk=page.pk)}
        )
