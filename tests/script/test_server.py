import os
import socket
import stat
import subprocess
import threading
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


def run(*command, **environment):
    return subprocess.run(
        command,
        cwd="/",
        env=os.environ | environment,
        capture_output=True,
        text=True,
        timeout=20,
        check=False,
    )


def run_function(call, *arguments, **environment):
    source = f'set -euo pipefail; source "{ROOT}/script/environment"; {call}'
    return run("bash", "-c", source, "bash", *map(str, arguments), **environment)


@pytest.fixture
def taken_port():
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        yield other.getsockname()[1]


@pytest.mark.sweep
def test_a_taken_port_is_said_before_any_work(taken_port):
    done = run(ROOT / "script" / "server", HOST="127.0.0.1", PORT=str(taken_port))
    assert done.returncode == 1
    assert f"Port {taken_port} on 127.0.0.1 is in use" in done.stderr
    assert f"PORT={taken_port + 1} script/server" in done.stderr
    assert done.stdout == ""


@pytest.mark.sweep
def test_a_port_left_by_a_dying_worker_is_waited_for():
    worker = socket.create_server(("127.0.0.1", 0))
    port = worker.getsockname()[1]
    threading.Timer(1, worker.close).start()
    done = run("python3", ROOT / "script" / "addresses.py", "127.0.0.1", str(port))
    assert done.returncode == 0
    assert done.stdout.startswith(f"http://127.0.0.1:{port}\n")


@pytest.mark.parametrize("port", ["", "eighty", "0", "65536"])
def test_a_port_that_is_none_is_refused(port):
    done = run("python3", ROOT / "script" / "addresses.py", "127.0.0.1", port)
    assert done.returncode == 1
    assert "PORT must be a number from 1 to 65535" in done.stderr


def test_an_unknown_option_is_refused():
    done = run(ROOT / "script" / "server", "--fast")
    assert done.returncode == 1
    assert "Usage: script/server [--dev]" in done.stderr


def test_how_many_work_in_the_background_is_a_number():
    done = run(ROOT / "script" / "server", JOB_WORKERS="many")
    assert done.returncode == 1
    assert "JOB_WORKERS must be the number of background" in done.stderr


@pytest.mark.sweep
def test_the_worker_goes_on_after_a_failure_and_ends_with_the_server(tmp_path):
    log = tmp_path / "log"
    job = tmp_path / "job"
    job.write_text(f'#!/bin/sh\necho run >>"{log}"\nexit 1\n')
    job.chmod(0o755)
    call = 'sleep 4 & server=$!; repeat_while_running $server 1 1 "$1"'
    done = run_function(call, job)
    assert done.returncode == 0
    assert 2 <= log.read_text().count("run") <= 4
    assert "tried again in 1 seconds" in done.stderr


@pytest.fixture
def only_old_pythons(tmp_path):
    """A PATH on which every Python says that it is too old."""
    for version in ("", ".11", ".12", ".13", ".14"):
        python = tmp_path / f"python3{version}"
        python.write_text("#!/bin/sh\nexit 1\n")
        python.chmod(0o755)
    return f"{tmp_path}:{os.environ['PATH']}"


def test_an_old_python_is_refused_with_the_package_to_install(
    only_old_pythons, tmp_path
):
    done = run_function('find_python "$1"', tmp_path / "none", PATH=only_old_pythons)
    assert done.returncode == 1
    assert "needs Python 3.11 or newer" in done.stderr
    assert "apt install python3 python3-venv" in done.stderr


def test_a_missing_venv_module_is_named_as_its_package(tmp_path):
    python = tmp_path / "python3"
    python.write_text("#!/bin/sh\nexit 1\n")
    python.chmod(0o755)
    done = run_function('make_environment "$1" "$2"', python, tmp_path / "environment")
    assert done.returncode == 1
    assert "apt install python3-venv" in done.stderr
    assert not (tmp_path / "environment").exists()


def test_the_secret_key_is_made_once_and_for_its_owner_only(tmp_path):
    var = tmp_path / "var"
    assert run_function('make_secret_key "$1"', var).returncode == 0
    first = (var / "secret-key").read_text()
    assert len(first.strip()) >= 50
    assert stat.S_IMODE((var / "secret-key").stat().st_mode) == 0o600
    assert stat.S_IMODE(var.stat().st_mode) == 0o700
    assert run_function('make_secret_key "$1"', var).stdout == ""
    assert (var / "secret-key").read_text() == first


@pytest.mark.parametrize("processes", ["0", "many", "-2"])
def test_at_least_one_process_serves(processes):
    done = run(ROOT / "script" / "server", WEB_CONCURRENCY=processes)
    assert done.returncode == 1
    assert "WEB_CONCURRENCY must be the number of processes" in done.stderr
