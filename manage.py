#!/usr/bin/env python3
import gc
import os
import sys
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured
from django.core.management import execute_from_command_line

from operating.running_lock import RunningLockTaken, hold_running_lock

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.production")
    try:
        # Restoring a backup takes the lock for itself alone.
        if sys.argv[1:2] != ["restore"]:
            hold_running_lock(Path(__file__).resolve().parent / "var")
        execute_from_command_line(sys.argv)
    except ImproperlyConfigured as error:
        # An operator wrote it; how Python came to it does not help them.
        sys.exit(f"A setting cannot be used. {error}")
    except RunningLockTaken:
        sys.exit("A backup is being restored. Try again when that is done.")
    # Taking all modules apart at the end would take longer than many a command.
    gc.freeze()
