"""Import and export of questions, in the formats that other systems and trainers use."""
