"""What the reports say: reads only. What somebody may see comes from `access`."""
