"""The kinds of mail that clinical review sends, one class each."""
