"""Pictures of the guides, taken of the site as it is: see `script/pictures`.

A function `picture_some_name` takes `docs/images/some-name.png`.
"""
