"""What this host offers: for the menus of programs."""

from datetime import date

import strawberry

from gateway.auth.permissions import SignedIn
from gateway.hosting import TransportSecurity
from gateway.resolvers import hosting as resolve
from gateway.schema.field import column
from models import DatabaseEngine


@strawberry.type(description="A version of PHP that the host has.")
class HostingPhp:
    version: str = column(SignedIn, "The version: `8.4`.")
    end_of_life_on: date = column(SignedIn, "The last day on which its makers repair it.")
    choosable: bool = column(SignedIn, "Whether it can be chosen now; what has it keeps it.")


@strawberry.type(description="A version of a database system that the host has.")
class HostingDatabase:
    engine: DatabaseEngine = column(SignedIn, "The system.")
    version: str = column(SignedIn, "The version: `11.4`.")
    end_of_life_on: date = column(SignedIn, "The last day on which its makers repair it.")
    choosable: bool = column(SignedIn, "Whether a new database can have it.")


@strawberry.type(description="A server of the host.")
class HostingServer:
    host: str = column(SignedIn, "Its host name.")
    port: int = column(SignedIn, "The port.")
    security: TransportSecurity = column(SignedIn, "How the connection is made safe.")


@strawberry.type(description="What this host offers.")
class Hosting:
    php: list[HostingPhp] = column(SignedIn, "The versions of PHP.")
    databases: list[HostingDatabase] = column(SignedIn, "The versions of database systems.")
    imap: HostingServer = column(SignedIn, "Where mail is read.")
    smtp: HostingServer = column(SignedIn, "Where mail is sent.")
    sftp: HostingServer = column(SignedIn, "Where files are brought to the web space.")


def hosting(info: strawberry.Info) -> Hosting:
    """For `Query.hosting`."""
    return resolve.hosting(info.context)  # type: ignore[return-value]  # has the same attributes
