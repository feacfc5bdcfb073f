"""“Back” on a tablet in a waiting room shows public pages only, in every engine."""

import pytest
from django.contrib.auth.hashers import make_password

from home.models import WaitingRoomTablet
from tests.browser.engines.reading import both_ways

pytestmark = pytest.mark.sweep
CODE = "quiet corner 7"
QUESTION = "/stem-cell-therapy-for-hair-loss/stem-cell-basics/quiz/1/"


@both_ways
def test_going_back_after_somebody_finished_shows_nothing_of_theirs(open_reader):
    WaitingRoomTablet.objects.create(code_hash=make_password(CODE))
    reader = open_reader("/tablet/")
    reader.one("input[name=code]").send_keys(CODE)
    reader.press_button("Share this tablet")
    reader.go(QUESTION)
    reader.one("input[value='not-sure']").click()
    reader.press_button("Check my answer")
    reader.go("/progress/")
    reader.read("Data we keep about you")
    reader.go("/tablet/finish/")
    reader.press_button("I have finished")
    for _page in range(3):
        reader.driver.back()
        reader.wait_for(lambda: reader.all("main"))
        assert "Data we keep about you" not in reader.text
        assert "Not sure yet?" not in reader.text
