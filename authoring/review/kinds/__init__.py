"""The kinds of mail sent by clinical review, one class each."""
