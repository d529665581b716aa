"""绩效运行监控 and 绩效自评: what was reached of a draft's targets."""
