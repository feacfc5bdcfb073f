"""How static files are stored: hashed names, and packed copies beside each."""

from collections.abc import Iterator
from pathlib import Path

from whitenoise.compress import Compressor
from whitenoise.storage import CompressedManifestStaticFilesStorage

# The folders whose files readers get; all others are for the admin.
FOR_READERS = {"css", "img", "js"}


class ReadersFirstCompressor(Compressor):
    """Packs all files with gzip, and what readers get with Brotli, too.

    For the admin's files that would take a first start minutes.
    """

    def __init__(self, *, folder: Path, **kwargs):
        super().__init__(**kwargs, use_brotli=False)
        self._folder = folder
        self._with_brotli = Compressor(**kwargs)

    def compress(self, path: str) -> Iterator[str]:
        parts = Path(path).relative_to(self._folder).parts
        if parts[0] in FOR_READERS:
            return self._with_brotli.compress(path)
        return super().compress(path)


class PackedStaticFiles(CompressedManifestStaticFilesStorage):
    """Static files with packed copies beside them."""

    def create_compressor(self, **kwargs) -> Compressor:
        return ReadersFirstCompressor(folder=Path(self.location), **kwargs)
