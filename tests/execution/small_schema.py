"""A schema with one of each: pages, lists of ids, lists that are not paged, an interface, a mutation, an input."""

from graphql import GraphQLSchema, build_schema

from gateway.execution.document import Document, Documents
from gateway.execution.limits import Limits

SDL = """
directive @note(text: String) repeatable on QUERY | FIELD | FRAGMENT_SPREAD | INLINE_FRAGMENT | FRAGMENT_DEFINITION
  | VARIABLE_DEFINITION
type Query {
  viewer: Viewer
  packages(first: Int, last: Int, after: String, filter: PackageFilter): PackageConnection
  package(id: ID!): Package
  nodes(ids: [ID!]!): [Node]
  node(id: ID!): Node
}
type Mutation { signIn(login: String!, password: String!): Viewer  packageRename(id: ID!, name: String!): Package }
type Viewer { id: ID  name: String  self: Viewer  number(plus: Int, minus: Int): Int
  packages(first: Int, last: Int): PackageConnection }
input PackageFilter { name: String  sizes: [Int]  state: State  not: PackageFilter  login: Credentials }
input Credentials { login: String!  password: String! }
enum State { ACTIVE SUSPENDED CANCELLED }
interface Node { id: ID! }
type PageInfo { hasNextPage: Boolean! }
type PackageConnection { nodes: [Package!]!  edges: [PackageEdge!]!  pageInfo: PageInfo!  totalCount: Int! }
type PackageEdge { node: Package!  cursor: String! }
type Package implements Node { id: ID!  name: String  self: Package  tags: [String!]!  invoices: [Invoice!]!
  report: Invoice  domains(first: Int, last: Int): DomainConnection }
type DomainConnection { nodes: [Domain!]!  edges: [DomainEdge!]!  pageInfo: PageInfo!  totalCount: Int! }
type DomainEdge { node: Domain!  cursor: String! }
type Domain implements Node { id: ID!  name: String  package: Package }
type Invoice implements Node { id: ID!  number: String  lines: [Line!]! }
type Line { text: String  amount: Int }
"""


def small_schema() -> GraphQLSchema:
    """The schema, with three lines assumed for an invoice and a report that costs as much as 25 fields."""
    schema = build_schema(SDL)
    schema.type_map["Invoice"].fields["lines"].extensions = {"cost": {"assumed": 3}}
    schema.type_map["Package"].fields["report"].extensions = {"cost": {"weight": 25}}
    return schema


SCHEMA = small_schema()


def documents(limits: Limits | None = None, *, introspection: bool = True, **bounds: int) -> Documents:
    return Documents(SCHEMA, limits or Limits(), introspection=introspection, **bounds)


def codes(document: Document) -> list[str]:
    return [error.extensions["code"] for error in document.errors]


def exceeded(document: Document) -> dict[str, tuple[int, int | None]]:
    """The limits a document goes beyond, with what is allowed and what was found."""
    assert set(codes(document)) <= {"QUERY_TOO_COMPLEX"}, document.errors
    return {
        error.extensions["limit"]: (error.extensions["max"], error.extensions.get("actual"))
        for error in document.errors
    }
