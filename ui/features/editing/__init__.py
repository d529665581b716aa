"""剪切, 复制, 粘贴 and 全选 for who looks for them in a menu."""
