"""What an application says where a test does not care."""

CONTENT = {
    "title": "Yhdessä kotona",
    "purpose": "Yksin asuvat ikäihmiset jäävät ilman seuraa.",
    "target_groups": ["KR1.1"],
    "goals": "Kaksisataa ikäihmistä löytää ystävän.",
    "methods": "Vapaaehtoiset käyvät kotona kerran viikossa.",
    "duration": {"starts_on": "2027-01-01", "ends_on": "2028-12-31"},
    "partners": "Naapuriapu ry ja Oulun kaupunki.",
    "complements": "Täydentää kaupungin kotihoitoa.",
    "cooperation": "Tiloja ja koulutusta vapaaehtoisille.",
}
"""The short form, filled in."""
