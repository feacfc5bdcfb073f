"""An administrator sees on the start page what failed, and goes to it."""

import pytest
from django.utils import timezone
from django_q.models import Failure

from jobs.actions.schedules import keep_schedules
from tests.browser.accessibility import violations
from tests.browser.writing import sign_in
from tests.factories import UserFactory


@pytest.fixture
def failure(site):
    at = timezone.now()
    keep_schedules(at=at)
    times = {"started": at, "stopped": at}
    return Failure.objects.create(
        id="2" * 32, name="made up", func="f", success=False, **times
    )


@pytest.mark.journey("operating")
def test_what_failed_is_said_on_the_start_page_and_leads_to_it(
    open_page, site, failure
):
    page = open_page("/healthz", width=360)
    sign_in(page, site, UserFactory(administrator=True))
    page.goto("/admin/")
    panel = page.get_by_role("region", name="This site")
    assert violations(page, context="[aria-labelledby=this-site]") == []
    assert panel.get_by_text("All parts work").is_visible()
    panel.get_by_role("link", name="1 piece of background work failed").click()
    page.wait_for_url("**/background-work/")
