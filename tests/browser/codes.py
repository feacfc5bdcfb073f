"""QR codes as the camera of a phone reads them: from the picture, dark on light."""

import io

import zxingcpp
from PIL import Image


def read_code(page):
    """Return the text of the one QR code that the page shows."""
    picture = Image.open(io.BytesIO(page.screenshot(full_page=True)))
    # Not every camera reads light on dark, as a page in the dark may show it.
    (code,) = zxingcpp.read_barcodes(
        picture, formats=zxingcpp.BarcodeFormat.QRCode, try_invert=False
    )
    return code.text
