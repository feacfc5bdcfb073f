"""How static files are stored: hashed names, and a copy with gzip beside each."""

from whitenoise.compress import Compressor
from whitenoise.storage import CompressedManifestStaticFilesStorage


class GzippedStaticFiles(CompressedManifestStaticFilesStorage):
    """Without Brotli: a library brings it in, and it takes a first start minutes."""

    def create_compressor(self, **kwargs) -> Compressor:
        return Compressor(**kwargs, use_brotli=False)
