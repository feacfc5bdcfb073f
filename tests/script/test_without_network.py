"""Once it is installed, the site starts and serves on a machine without any network."""

import os
import subprocess
import sys

import pytest

from tests.served import ROOT

pytestmark = pytest.mark.sweep
ALONE = ["unshare", "--user", "--map-root-user", "--net"]
WALK = """
import fcntl, socket, struct, sys
from pathlib import Path
from tests.script.test_start import COURSE, LESSON
from tests.served import ServedSite

# A machine has an address for itself, if no other.
with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as one:
    fcntl.ioctl(one, 0x8914, struct.pack("16sh", b"lo", 1))
with socket.socket() as one:
    assert one.connect_ex(("192.0.2.1", 80)), "there is a network"
folder = Path(sys.argv[1])
site = ServedSite(folder, EMAIL_URL=f"filemail://{folder}/sent-mail").start()
try:
    visitor = site.visitor()
    for address in ("/", "/healthz", COURSE, LESSON, "/progress/"):
        assert visitor.get(address).status_code == 200, address
    assert visitor.answer_first_question(LESSON).status_code == 200
    visitor.fill_in("/account/login/code/", email="admin@localhost")
    assert len(list((folder / "sent-mail").iterdir())) == 1
finally:
    site.stop()
"""


def test_a_machine_without_network_serves(prepared, tmp_path):
    if subprocess.run([*ALONE, "true"], check=False, capture_output=True).returncode:
        pytest.skip("No process here may leave the network: this is NOT tested.")
    folder = prepared.copy(tmp_path / "anteroom")
    done = subprocess.run(
        [*ALONE, sys.executable, "-c", WALK, str(folder)],
        cwd=ROOT,
        env=os.environ | {"DJANGO_SETTINGS_MODULE": "config.settings.test"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
