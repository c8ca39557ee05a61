"""Settings for mail programs by `GET`, for whoever asks: Thunderbird looks for them under the domain of an address.

    GET /mail/config-v1.1.xml?emailaddress=…                       at `autoconfig.<domain>`
    GET /.well-known/autoconfig/mail/config-v1.1.xml               at the domain itself

The answer is made of the address's domain alone, whether there is such a mailbox, such a domain, or neither: nothing can be
learnt from it. Without an address it is that for the host's own domain, since programs put theirs in place of the name.
"""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from gateway.auth.host_name import ascii_host
from gateway.documents.company import Company
from gateway.documents.mail_client import AUTOCONFIG_TYPE, autoconfig
from gateway.errors import bad_input
from gateway.hosting import Hosting
from gateway.resolvers.mail_client import mail_server
from models.rules.mail_client import LONGEST, domain_of

PATHS = ("/mail/config-v1.1.xml", "/.well-known/autoconfig/mail/config-v1.1.xml")


class MailAutoconfig:
    """The endpoint. It asks no database, so it takes no place among the requests that do."""

    def __init__(self, hosting: Hosting, company: Company) -> None:
        self._imap, self._smtp = mail_server(hosting.imap), mail_server(hosting.smtp)
        self._provider = company.name
        self._own_domain = hosting.imap.host.partition(".")[2]

    def routes(self) -> list[Route]:
        """The routes; `HEAD` comes with `GET`."""
        return [Route(path, self._answer, methods=["GET"]) for path in PATHS]

    async def _answer(self, request: Request) -> Response:
        given = request.query_params.getlist("emailaddress")
        domain: str | None = self._own_domain
        if given:
            domain = domain_of(given[0], ascii_host) if len(given) == 1 and len(given[0]) <= LONGEST else None
        if domain is None:
            raise bad_input("mail_client.address")
        body = autoconfig(domain, self._provider, self._imap, self._smtp)
        headers = {"Content-Type": AUTOCONFIG_TYPE, "Content-Length": str(len(body))}
        return Response(None if request.method == "HEAD" else body, headers=headers)
