"""A pack compared with the site: what loading it would change."""
