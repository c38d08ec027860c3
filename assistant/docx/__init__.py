"""Word documents in the form of Decree 30/2020/NĐ-CP (Annex I): styles, page, letterhead, tables, signature, comments.

Nothing here knows what a report says: the modules take text and lay it out. python-docx is imported inside the
modules of this package only.
"""
