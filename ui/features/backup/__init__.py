"""恢复备份: backups of the drafts."""
