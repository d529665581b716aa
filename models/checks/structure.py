"""Rules on the shape of the text: parts, headings, numbering, remains of the template."""
