"""A backup of a served site is restored on a machine where none was ever started."""

import shutil
import subprocess

import pytest

from tests.redis_server import free_port
from tests.script.rows import Rows
from tests.served import ServedSite, copy_of_project

pytestmark = pytest.mark.sweep
LESSON = "/stem-cell-therapy-for-hair-loss/stem-cell-basics/"


@pytest.fixture(scope="module")
def site(served):
    return served(Rows())


def restore(folder, site, *arguments):
    command = [str(folder / "script" / "restore"), *map(str, arguments)]
    return subprocess.run(
        command, env=site.environment, capture_output=True, text=True, check=False
    )


def test_a_patient_goes_on_with_the_restored_site(site, tmp_path):
    visitor = site.visitor()
    visitor.answer_first_question(LESSON)
    file = tmp_path / "anteroom.backup"
    site.manage("backup", str(file))
    refused = restore(site.project, site, file, "--replace")
    assert (refused.returncode, "The site is running" in refused.stderr) == (1, True)
    site.stop()
    another = ServedSite(copy_of_project(tmp_path / "new"), PORT=str(free_port()))
    done = restore(another.project, another, file)
    assert done.returncode == 0, done.stderr
    another.start()
    try:
        page = visitor.get(f"{another.url}/progress/").text
        assert LESSON in page
    finally:
        another.stop()
        shutil.rmtree(another.project)
