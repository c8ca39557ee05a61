import { graphql } from "relay-runtime";

graphql`
  mutation signInMutation($input: SignInInput!) {
    signIn(input: $input) {
      session {
        id
        token
        kind
        expiresAt
      }
      errors {
        code
        message
        path
        retryAfter
      }
    }
  }
`;
