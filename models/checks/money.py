"""Rules on amounts and the spending plan."""
