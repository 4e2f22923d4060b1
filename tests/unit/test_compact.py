"""A PDF is written without copies of its pictures, and nothing else of it changes."""

import re

from zonesim.report.exports.compact import compacted


def pdf(*bodies):
    """Return a PDF of some objects, with a table of where they stand."""
    content, places = b"%PDF-1.4\n", []
    for number, body in enumerate(bodies, 1):
        places.append(len(content))
        content += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    rows = b"0000000000 65535 f \n" + b"".join(b"%010d 00000 n \n" % one for one in places)
    return content + b"xref\n0 %d\n%strailer\n<</Size %d\n/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (len(bodies) + 1, rows, len(bodies) + 1, len(content))


def picture(data, more=b""):
    return b"<</Type /XObject /Subtype /Image%s /Length %d>>\nstream\n%s\nendstream" % (more, len(data), data)


def objects(content):
    """Return the objects by number, found through the table."""
    start = int(re.search(rb"startxref\s+(\d+)", content)[1])
    entries = re.findall(rb"(\d{10}) \d{5} ([nf])", content[start:])
    found = {number: content[int(place) :] for number, (place, kind) in enumerate(entries) if kind == b"n"}
    assert all(body.startswith(b"%d 0 obj" % number) for number, body in found.items())
    return {number: body[: body.index(b"endobj")] for number, body in found.items()}


def test_a_picture_that_repeats_is_kept_once():
    uses = b"<</XObject <</A 3 0 R /B 4 0 R /C 5 0 R>> >>"
    made = compacted(pdf(b"<</Type /Catalog>>", uses, picture(b"3 0 R" * 20), picture(b"3 0 R" * 20), picture(b"other")))
    found = objects(made)
    assert set(found) == {1, 2, 3, 5} and b"/A 3 0 R /B 3 0 R /C 5 0 R" in found[2]
    assert b"3 0 R" * 20 in found[3] and b"other" in found[5], "what is inside a picture stays"


def test_pictures_with_equal_masks_are_equal():
    made = compacted(pdf(b"<</Use 4 0 R /And 5 0 R>>", picture(b"m"), picture(b"m"), picture(b"p", b" /SMask 2 0 R"), picture(b"p", b" /SMask 3 0 R")))
    assert set(objects(made)) == {1, 2, 4} and b"/Use 4 0 R /And 4 0 R" in objects(made)[1]


def test_texts_that_repeat_and_strange_files_stay_as_they_are():
    page = b"<</Length 4>>\nstream\nq Q \nendstream"
    whole = pdf(b"<</Type /Catalog>>", page, page)
    assert objects(compacted(whole)).keys() == objects(whole).keys()
    updated = whole.replace(b"/Root 1 0 R", b"/Prev 9 /Root 1 0 R")
    assert compacted(updated) == updated and compacted(b"no pdf") == b"no pdf"
