"""Write a course to a folder, read it back, and compare it with the pages."""

from dataclasses import dataclass
from pathlib import Path

from wagtail.images.models import SourceImageIOError

from authoring.packs.queries.drafts import pages_to_export, saves_drafts_in
from authoring.packs.rules import reading
from authoring.packs.rules.problems import PackProblem
from authoring.packs.writers import export_losses, files
from course.models import CoursePage


class UnableToExport(Exception):
    """The course cannot be exported. The message says what to do."""


@dataclass(frozen=True)
class PackExport:
    """The files that were written, what was left out, and the problems to fix."""

    files: tuple[str, ...]
    losses: tuple[str, ...]
    problems: tuple[PackProblem, ...]


def write_pack(course: CoursePage, folder: Path) -> PackExport:
    """Write the pages of the course to a new or empty folder.

    These are the live ones, or the newest drafts of a translation. Raises UnableToExport, and
    writes nothing, if there is nothing to export, the file of a picture is missing or
    the folder is not empty.
    """
    course, lessons = pages_to_export(course)
    if not (lessons and (course.live or saves_drafts_in(course.locale))):
        message = (
            f"Publish “{course.title}” and at least one lesson first. Packs only hold"
            " live pages."
        )
        raise UnableToExport(message)
    if folder.exists() and not (folder.is_dir() and not any(folder.iterdir())):
        raise UnableToExport(f"{folder} is not empty. Choose a new or empty folder.")
    try:
        contents = files.files_of_course(course, lessons)
    except SourceImageIOError as error:
        message = f"The file of a picture is missing: {error}. Upload it again."
        raise UnableToExport(message) from error
    for name, content in contents.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    problems = reading.read_pack(folder).problems
    losses = list(export_losses.losses_of_course(course, lessons))
    if not problems:
        losses += export_losses.pack_differences(
            reading.parse_pack(folder), [course, *lessons]
        )
    return PackExport(tuple(contents), tuple(losses), problems)
