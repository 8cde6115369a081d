"""A registry and an NCBI on the loopback, which answer as the real ones do, faults included."""

from __future__ import annotations

import json
import socket
import threading
import time
from collections import defaultdict
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

from tests import ctgov_factory as registry

HTML = b"<!DOCTYPE html>\n<html><body><h1>Log in to the hotel's network</h1></body></html>"


@dataclass
class Reply:
    """One answer: with `cut` it breaks off half-way, after `delay` seconds it begins."""

    body: bytes = b""
    status: int = 200
    headers: dict = field(default_factory=dict)
    cut: bool = False
    delay: float = 0.0
    drip: float = 0.0


def study(nct, aliases=()):
    module = {"nctId": nct, "briefTitle": "A Study"} | (
        {"nctIdAliases": list(aliases)} if aliases else {}
    )
    record = {"protocolSection": {"identificationModule": module}}
    return Reply(json.dumps(record).encode(), headers={"Content-Type": "application/json"})


def full_study(nct):
    """A registered trial with one null result, as the registry's API gives it."""
    record = registry.study(
        registry.measure(
            "Change in fatigue score",
            registry.analysis("0.61", "-0.4", ("-2.0", "1.2")),
            groups=(("OG000", "Florbex"), ("OG001", "Placebo")),
        ),
        nct=nct,
        drug="Florbex",
        condition="Fatigue",
    )
    return Reply(json.dumps(record).encode(), headers={"Content-Type": "application/json"})


def article(pmid, doi="10.1000/made-up", cites=""):
    cited = f'<ReferenceList><ArticleId IdType="doi">{cites}</ArticleId></ReferenceList>'
    return Reply(
        f"""<?xml version="1.0" ?>
<!DOCTYPE PubmedArticleSet PUBLIC "-//NLM//DTD PubMedArticle, 1st January 2025//EN" "">
<PubmedArticleSet><PubmedArticle><MedlineCitation Status="MEDLINE"><PMID Version="1">{pmid}</PMID>
<Article><ArticleTitle>A made-up article.</ArticleTitle>
<ELocationID EIdType="doi" ValidYN="Y">{doi}</ELocationID></Article>
<CommentsCorrections><PMID Version="1">999</PMID></CommentsCorrections>
</MedlineCitation><PubmedData>{cited}</PubmedData></PubmedArticle></PubmedArticleSet>
""".encode()
    )


def no_article():
    return Reply(b'<?xml version="1.0" ?>\n<PubmedArticleSet></PubmedArticleSet>\n')


def full_text(pmcid):
    return Reply(
        f'<?xml version="1.0" ?><pmc-articleset><article><front><article-meta>'
        f'<article-id pub-id-type="pmc">{pmcid}</article-id></article-meta></front></article>'
        f"</pmc-articleset>\n".encode()
    )


def search(*pmids):
    found = {"header": {"type": "esearch"}, "esearchresult": {"idlist": list(pmids)}}
    return Reply(json.dumps(found).encode())


def refusal(status, body=b"", **headers):
    return Reply(body, status, {name.replace("_", "-"): value for name, value in headers.items()})


class Server(ThreadingHTTPServer):
    """Answers each path from its own row of replies; the last of a row is repeated."""

    daemon_threads = True

    def __init__(self):
        super().__init__(("127.0.0.1", 0), _Handler)
        self.replies = defaultdict(list)
        self.asked = []
        self.over = threading.Event()

    @property
    def url(self):
        return f"http://127.0.0.1:{self.server_port}"

    def on(self, path, *replies):
        """Lay out the replies for `studies/NCT…`, `pubmed/PMID`, `pmc/NUMBER` or `search`."""
        self.replies[path] = list(replies)

    def times(self, path):
        return sum(one.key == path for one in self.asked)

    def handle_error(self, request, client_address):
        """A client that hangs up early is what some tests are about."""


@dataclass
class Asked:
    """One request as it came."""

    key: str
    params: dict
    agent: str
    at: float


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self):
        parts = urlsplit(self.path)
        params = {name: values[0] for name, values in parse_qs(parts.query).items()}
        key = parts.path.strip("/")
        if key.endswith("efetch.fcgi"):
            key = f"{params['db']}/{params['id']}"
        elif key.endswith("esearch.fcgi"):
            key = "search"
        agent = self.headers["User-Agent"]
        self.server.asked.append(Asked(key, params, agent, time.monotonic()))
        row = self.server.replies[key]
        reply = row.pop(0) if len(row) > 1 else row[0] if row else refusal(404, b"not found")
        self._send(reply)

    def _send(self, reply):
        self.server.over.wait(reply.delay)
        self.send_response(reply.status)
        for name, value in reply.headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(reply.body)))
        self.end_headers()
        if reply.cut:
            self.wfile.write(reply.body[: len(reply.body) // 2])
            self.wfile.flush()
            self.connection.shutdown(socket.SHUT_RDWR)
            self.close_connection = True
        elif reply.drip:
            for number in range(len(reply.body)):
                self.wfile.write(reply.body[number : number + 1])
                if self.server.over.wait(reply.drip):
                    return
        else:
            self.wfile.write(reply.body)

    def log_message(self, format, *args):  # noqa: A002
        """Tests are quiet."""


@contextmanager
def serving():
    """Serve on a free port of the loopback until the block ends."""
    server = Server()
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield server
    finally:
        server.over.set()
        server.shutdown()
        thread.join()
        server.server_close()
