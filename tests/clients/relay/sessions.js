// Ending a session takes it out of the list that is shown: Relay needs `sessionId` to be an ID for that.
import { graphql } from "relay-runtime";

graphql`
  query sessionsQuery {
    ...sessions_list
  }
`;

graphql`
  fragment sessions_list on Query
  @argumentDefinitions(count: { type: "Int", defaultValue: 20 }, cursor: { type: "String" })
  @refetchable(queryName: "sessionsPageQuery") {
    sessions(first: $count, after: $cursor, orderBy: [{ field: LAST_USED, direction: DESC }]) @connection(key: "sessions_list_sessions") {
      edges {
        node {
          id
          kind
          deviceName
          current
        }
      }
    }
  }
`;

graphql`
  mutation sessionsEndMutation($input: SessionEndInput!, $connections: [ID!]!) {
    sessionEnd(input: $input) {
      sessionId @deleteEdge(connections: $connections)
      errors {
        code
        message
        path
      }
    }
  }
`;
