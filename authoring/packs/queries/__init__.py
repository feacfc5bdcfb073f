"""Compare a pack with the site to find out what loading it would change."""
