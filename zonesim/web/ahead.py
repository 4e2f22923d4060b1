"""Pages that a browser may make ready before they are asked for: a page of figures costs most of its time in the browser, where 4.8 MB of script are read.

Pointing at a link makes its page ready, unseen; what is most probably opened next (the results of a job that is over, the newest of a list) is made
ready at once. A browser
that does not know such rules ignores them.
"""

from __future__ import annotations

import json

from flask import Flask, Response, request

ADDRESS = "/ahead.json"
NEXT = {"selector_matches": "[data-next]"}
HERE = {"selector_matches": ".menu a, a.lang"}  #: followed within a page of figures, or with an address that is known when pressed
FIGURES = {"href_matches": ["/*/results\\?*", "/*/sweep\\?*"]}
RULES = {
    "prerender": [
        {"where": {"and": [FIGURES, {"not": NEXT}, {"not": HERE}]}, "eagerness": "moderate"},
        {"where": {"and": [FIGURES, NEXT]}, "eagerness": "immediate"},
    ]
}


def add(server: Flask) -> None:
    """Add the rules to the server, and say on every page where they are."""

    def rules() -> Response:
        return Response(json.dumps(RULES), mimetype="application/speculationrules+json")

    def after(answer: Response) -> Response:
        if answer.mimetype == "text/html" and not request.path.startswith("/report/"):
            answer.headers["Speculation-Rules"] = f'"{ADDRESS}"'
        return answer

    server.add_url_rule(ADDRESS, "ahead", rules)
    server.after_request(after)
