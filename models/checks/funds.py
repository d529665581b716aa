"""Rules on 资金用途."""
