"""Print the data dictionary: ``python -m tools.dictionary > docs/data_dictionary.md`` (``make docs``)."""

from schemas.render import dictionary
from schemas.tables import TABLES

if __name__ == "__main__":
    print(dictionary(TABLES))
