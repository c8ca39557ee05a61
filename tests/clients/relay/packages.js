// A list to scroll through, rows that can be fetched again by their id, and a list inside each row.
import { graphql } from "relay-runtime";

graphql`
  query packagesQuery($count: Int!, $search: String) {
    ...packages_list @arguments(count: $count, search: $search)
  }
`;

graphql`
  fragment packages_list on Query
  @argumentDefinitions(count: { type: "Int!" }, cursor: { type: "String" }, search: { type: "String" })
  @refetchable(queryName: "packagesPageQuery") {
    packages(first: $count, after: $cursor, search: $search, orderBy: [{ field: NAME }])
      @connection(key: "packages_list_packages", filters: ["search"]) {
      totalCount
      edges {
        node {
          id
          ...packages_row @alias
        }
      }
    }
  }
`;

graphql`
  fragment packages_row on Package @refetchable(queryName: "packagesRowQuery") {
    name
    state
    type {
      name
    }
    actions {
      name
      allowed
      reason
    }
    contract {
      number
      price {
        formatted
      }
    }
  }
`;

graphql`
  fragment packages_domains on Package
  @argumentDefinitions(count: { type: "Int", defaultValue: 10 }, cursor: { type: "String" })
  @refetchable(queryName: "packagesDomainsQuery") {
    domains(first: $count, after: $cursor) @connection(key: "packages_domains_domains") {
      edges {
        node {
          id
          name
          main
        }
      }
    }
  }
`;

graphql`
  query packagesOneQuery($id: ID!) {
    node(id: $id) {
      ... on Package {
        ...packages_row @alias
        ...packages_domains @alias
      }
    }
  }
`;
