"""Pages: each one self-contained HTML file that opens offline, in English and Vietnamese, light and dark."""
