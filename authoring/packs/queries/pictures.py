"""Find the pictures of a pack in the library, by their bytes and title."""

from dataclasses import dataclass
from pathlib import Path

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from wagtail.images import get_image_model
from wagtail.images.fields import WagtailImageField
from wagtail.images.models import AbstractImage
from wagtail.utils.file import hash_filelike

from authoring.packs.queries.stream import Pictures
from authoring.packs.rules.content import CoursePack
from authoring.packs.rules.problems import PackProblem
from authoring.packs.rules.schema import PackImage


@dataclass(frozen=True)
class NewPicture:
    """A picture that is not in the library yet."""

    title: str
    path: Path


def pictures_in_library(pack: CoursePack) -> Pictures:
    """Return file → id of the picture in the library, or None if it is not there."""
    return {
        block.value.file: _known(block.value, pack.file_of(block.value))
        for lesson in pack.lessons
        for block in lesson.images
    }


def new_pictures_in(
    pack: CoursePack, file: str, pictures: Pictures
) -> list[NewPicture]:
    """Return the pictures in a lesson's file that are not in the library, each once."""
    lesson = next(lesson for lesson in pack.lessons if lesson.file == file)
    images = {block.value.file: block.value for block in lesson.images}
    return [
        NewPicture(image.title, pack.file_of(image))
        for name, image in images.items()
        if pictures[name] is None
    ]


def picture_problems(pack: CoursePack, pictures: Pictures) -> list[PackProblem]:
    """Return a problem for each file that the library would not accept."""
    return [
        PackProblem(lesson.file, block.line_of("file"), f"{block.value.file}: {fault}")
        for lesson in pack.lessons
        for block in lesson.images
        if pictures[block.value.file] is None
        and (fault := _fault(pack.file_of(block.value)))
    ]


def picture_identity(picture: AbstractImage) -> tuple[str, str]:
    """Return the file hash and title, which identify a picture on every site."""
    return picture.file_hash, picture.title


def _known(image: PackImage, path: Path) -> int | None:
    with path.open("rb") as file:
        sha1 = hash_filelike(file)
    found = get_image_model().objects.filter(file_hash=sha1, title=image.title)
    return found.order_by("pk").values_list("pk", flat=True).first()


def _fault(path: Path) -> str:
    try:
        WagtailImageField().clean(SimpleUploadedFile(path.name, path.read_bytes()))
    except ValidationError as error:
        return " ".join(error.messages)
    return ""
