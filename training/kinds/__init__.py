"""The kinds of mail that the training rooms send, one class each."""
