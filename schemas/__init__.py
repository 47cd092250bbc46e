"""What is true: tables, columns, closed lists and errors. Imports the standard library and pyarrow only."""
