"""A seeded load of made-up people, to see how reports fare with many."""
