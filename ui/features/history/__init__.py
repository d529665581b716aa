"""历史版本: the versions of a draft."""
