"""Rules on indicator rows: tiers, names, descriptions, duplicates."""
