"""Which files are accepted as a proof, by what they contain. Pure."""

MOST_BYTES = 5 * 1024 * 1024
_BEGINNINGS = {
    b"%PDF-": "pdf",
    b"\xff\xd8\xff": "jpg",
    b"\x89PNG\r\n\x1a\n": "png",
}
CONTENT_TYPES = {"pdf": "application/pdf", "jpg": "image/jpeg", "png": "image/png"}


def proof_extension(content: bytes) -> str | None:
    """Return pdf, jpg or png as the content begins; None for anything else."""
    for beginning, extension in _BEGINNINGS.items():
        if content.startswith(beginning):
            return extension
    return None
