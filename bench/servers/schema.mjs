// The part of the gateway's schema that is asked for, for both Mercurius contestants.
export const schema = `
  scalar DateTime
  scalar Date
  type Query {
    packages(first: Int = 20): Packages
    package(id: ID!): Package
    invoices(first: Int = 20): Invoices
  }
  type Money { minorUnits: Int! currency: String! }
  type Packages { totalCount: Int! nodes: [Package!]! }
  type Package {
    id: ID! name: String! identification: String! orderNumber: String! state: String! createdAt: DateTime! version: Int!
    type: PackageType mailboxCount: Int!
    domains(first: Int = 20): Domains mailboxes(first: Int = 20): Mailboxes
    contract: Contract
  }
  type PackageType { id: ID! name: String! }
  type Domains { nodes: [Domain!]! }
  type Domain {
    id: ID! name: String! asciiName: String! main: Boolean! state: String! registeredOn: Date createdAt: DateTime!
  }
  type Mailboxes { nodes: [Mailbox!]! }
  type Mailbox { id: ID! address: String! displayName: String quotaMb: Int! usedMb: Int! }
  type Contract {
    id: ID! number: String! state: String! startsOn: Date! endsOn: Date billingMonths: Int! price: Money! tariff: Tariff
  }
  type Tariff { id: ID! code: String! name: String! }
  type Invoices { totalCount: Int! nodes: [Invoice!]! }
  type Invoice {
    id: ID! number: String! state: String! issuedOn: Date! dueOn: Date! total: Money! lines: [InvoiceLine!]!
  }
  type InvoiceLine { position: Int! description: String! quantity: Float! unit: String! net: Money! }
`;
