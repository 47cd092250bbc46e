"""The first bytes of files that are no texts, as their formats define them."""

SIGNATURES = {
    b"\x89PNG": "a PNG picture", b"\xff\xd8\xff": "a JPEG picture", b"GIF8": "a GIF picture", b"%PDF-": "a PDF file",
    b"PK\x03\x04": "a ZIP or Office file", b"\xd0\xcf\x11\xe0": "an Office file", b"\x1f\x8b": "a gzip file",
    b"\x7fELF": "a program", b"MZ\x90\0": "a program", b"RIFF": "a media file", b"{\\rtf": "an RTF file", b"BZh": "a bzip2 file",
    b"\xfd7zXZ": "an xz file", b"7z\xbc\xaf": "a 7-Zip file", b"Rar!": "a RAR file", b"\x28\xb5\x2f\xfd": "a zstd file",
    b"PAR1": "a Parquet file", b"SQLite format": "an SQLite file", b"OggS": "a media file", b"ID3": "a media file",
    b"\0\0\x01\0": "an icon",
}  # fmt: skip
