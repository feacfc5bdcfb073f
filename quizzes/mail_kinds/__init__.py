"""The kinds of mail sent about quizzes, one class each. `kinds` has those of questions."""
