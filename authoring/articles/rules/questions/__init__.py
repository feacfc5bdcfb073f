"""Find the questions of an article and their answers: structure first, words second. Pure."""
