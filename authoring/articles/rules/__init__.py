"""What an article, its plan and its outline are. No Django."""
