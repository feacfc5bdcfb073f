"""Run two verbs at the same moment, each in a process of its own."""

import multiprocessing
import random
import time
import traceback
from contextlib import suppress

from django.core.exceptions import ObjectDoesNotExist, ValidationError
from django.db import connection, connections

from tests.rooms import is_ours

FORKS = multiprocessing.get_context("fork")
PATIENCE = 60  # seconds
LONGEST_REST = 0.01


def race(*verbs):
    """Start the verbs together; return what each came to: done, refused or a trace."""
    # A connection that is shared after a fork would be closed for all.
    connections.close_all()
    start, said = FORKS.Barrier(len(verbs)), FORKS.SimpleQueue()
    runners = [FORKS.Process(target=_run, args=(verb, start, said)) for verb in verbs]
    for runner in runners:
        runner.start()
    for runner in runners:
        runner.join(PATIENCE)
    stuck = [runner for runner in runners if runner.is_alive()]
    for runner in stuck:
        runner.kill()
        runner.join()
    if stuck:
        return ["It did not end."]
    return [said.get() for _runner in runners]


def _run(verb, start, said):
    connection.ensure_connection()
    with suppress(Exception):
        start.wait(PATIENCE)
    try:
        with connection.execute_wrapper(_rest):
            verb()
        said.put("done")
    except Exception as error:  # noqa: BLE001 -- the test judges it
        said.put("refused" if is_refusal(error) else traceback.format_exc())
    finally:
        connections.close_all()


def _rest(execute, statement, params, many, context):
    """Rest after a statement, for another time each, so that the others come between."""
    result = execute(statement, params, many, context)
    time.sleep(random.uniform(0, LONGEST_REST))  # noqa: S311 -- chance, no secret
    return result


def is_refusal(error):
    """Return whether a verb says with the error that it cannot be done any more."""
    if isinstance(error, ObjectDoesNotExist | ValidationError):
        return True
    return is_ours(type(error).__module__)
