from wagtail import hooks

from course import actions
from course.models import CoursePage, LessonPage


@hooks.register("after_copy_page")
def agree_on_keys_after_copy(request, page, new_page):
    """Let rows and drafts of a copied course or lesson name children alike."""
    for copy in new_page.get_descendants(inclusive=True).type((CoursePage, LessonPage)):
        actions.agree_on_keys(page=copy)
