"""What a section of an article is about, by its heading and by its text. Pure."""
