"""Files as people have them, read as rows of text: CSV, XLSX and ODS, with headings in three languages.

Nothing is guessed by statistics and nothing is dropped without a word: what a file was read as is told with its rows.
"""
