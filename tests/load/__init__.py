"""What the site costs with many people, and what its pages cost: `script/bench`."""
