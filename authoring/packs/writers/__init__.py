"""Write a course as the files of a pack."""
