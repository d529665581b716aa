"""The form itself: values, documents, drafts and the store. No Qt, no Word, no Excel in here."""
