"""What holds of texts and names, whatever framework they come from. Pure."""
