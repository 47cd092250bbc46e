"""Where it is kept: the only code that touches disk, DuckDB or Great Expectations."""
