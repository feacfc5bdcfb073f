"""Import and export questions in formats that other systems and trainers use."""
