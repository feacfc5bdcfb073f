"""Static files get a copy with gzip and none with Brotli."""

from home.static_files import GzippedStaticFiles


def test_a_style_sheet_is_stored_with_gzip_alone(tmp_path):
    sheet = tmp_path / "a.css"
    sheet.write_text("p { color: black; }\n" * 100)
    storage = GzippedStaticFiles(location=tmp_path, base_url="/")
    compressor = storage.create_compressor(quiet=True)
    made = [str(name) for name in compressor.compress(str(sheet))]
    assert made == [f"{sheet}.gz"]
