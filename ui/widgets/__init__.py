"""Parts of windows that know nothing of drafts: layout, charts, keys, file dialogs, style."""
