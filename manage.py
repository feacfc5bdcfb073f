#!/usr/bin/env python3
import gc
import os
import sys

from django.core.management import execute_from_command_line

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.production")
    execute_from_command_line(sys.argv)
    # Taking all modules apart at the end would take longer than many a command.
    gc.freeze()
