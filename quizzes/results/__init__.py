"""What came of a quiz, told apart from the lesson: readable when that is gone."""
