"""Questions in and out, in the formats that other systems and trainers use."""
