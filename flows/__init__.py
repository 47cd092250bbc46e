"""When it is run: Prefect flows and the command line. Settings, clock and run id are made here."""
