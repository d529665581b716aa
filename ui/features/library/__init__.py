"""我的指标库: the own library of indicators."""
