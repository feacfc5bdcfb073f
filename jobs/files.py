"""Files that jobs make. They are private: only `jobs.views` hands them out."""

from typing import IO

from django.core.files.base import File
from django.core.files.storage import storages

from jobs.models import Job

STORAGE = "private"
FOLDER = "jobs"


def store_file(job: Job, name: str, content: IO[bytes]) -> None:
    """Store the content under this name for the job, in place of an earlier one."""
    place = _place(job, name)
    storages[STORAGE].delete(place)
    storages[STORAGE].save(place, File(content))


def open_file(job: Job, name: str) -> IO[bytes]:
    """Return the stored file, open. Raises FileNotFoundError."""
    return storages[STORAGE].open(_place(job, name))


def file_exists(job: Job, name: str) -> bool:
    """Return whether such a file is stored for the job."""
    return storages[STORAGE].exists(_place(job, name))


def delete_files(job: Job, *names: str) -> None:
    """Delete these files of the job, or all where none is named."""
    for name in names or _listed(_folder(job))[1]:
        storages[STORAGE].delete(_place(job, name))


def delete_all_files() -> None:
    """Delete the files of all jobs, because somebody who is erased may be in them."""
    for folder in _listed(FOLDER)[0]:
        for name in _listed(f"{FOLDER}/{folder}")[1]:
            storages[STORAGE].delete(f"{FOLDER}/{folder}/{name}")


def _listed(folder):
    """Return the folders and files in it; a bucket knows no empty folders."""
    try:
        return storages[STORAGE].listdir(folder)
    except FileNotFoundError:
        return [], []


def _folder(job):
    return f"{FOLDER}/{job.pk}"


def _place(job, name):
    return f"{_folder(job)}/{name}"
