"""The years of a text: which year it plans, what each mention means, and the move to another year."""
