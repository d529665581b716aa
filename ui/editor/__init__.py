"""The page on which one draft is edited: steps, fields, the indicator table, problems."""
