"""What is done: values in, values out. No clock, disk (but for packaged lexicons), network, DuckDB or Prefect."""
