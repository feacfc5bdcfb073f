"""Static files get a copy with gzip and none with Brotli, however the site is set up."""

from django.utils.module_loading import import_string

from config.settings import production


def test_a_style_sheet_is_stored_with_gzip_alone(tmp_path):
    storage = import_string(production.STORAGES["staticfiles"]["BACKEND"])
    sheet = tmp_path / "a.css"
    sheet.write_text("p { color: black; }\n" * 100)
    compressor = storage(location=tmp_path, base_url="/").create_compressor(quiet=True)
    made = [str(name) for name in compressor.compress(str(sheet))]
    assert made == [f"{sheet}.gz"]
