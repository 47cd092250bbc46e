"""Tools for those who work on khobao; nothing here is needed to use it."""
