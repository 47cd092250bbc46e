"""Raw bytes to a cleaned document."""
