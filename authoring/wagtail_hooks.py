from authoring import article_hooks, question_hooks, review_hooks  # noqa: F401
