"""Store static files with hashed names and gzipped copies."""

from whitenoise.compress import Compressor
from whitenoise.storage import CompressedManifestStaticFilesStorage


class GzippedStaticFiles(CompressedManifestStaticFilesStorage):
    """Without Brotli, which is installed but makes the first start take minutes."""

    def create_compressor(self, **kwargs) -> Compressor:
        return Compressor(**kwargs, use_brotli=False)
