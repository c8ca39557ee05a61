// An application on Apollo Client: signs in, scrolls through a list, sends hashes for texts, and meets every kind of error.
// Arguments: the server's address, who signs in as JSON {agency, package} of {login, password}. Prints what it saw as JSON.
import { createHash } from "node:crypto";
import { ApolloClient, ApolloLink, CombinedGraphQLErrors, HttpLink, InMemoryCache, gql } from "@apollo/client";
import { PersistedQueryLink } from "@apollo/client/link/persisted-queries";
import { relayStylePagination } from "@apollo/client/utilities";

const [url, people] = process.argv.slice(2);
const { agency, package: site } = JSON.parse(people);
const exchanges = [];

/** `fetch` that notes what went over the wire. */
async function noted(address, options) {
  const { query, extensions } = JSON.parse(options.body);
  const response = await fetch(address, options);
  const { errors } = await response.clone().json();
  exchanges.push({
    text: query !== undefined,
    hash: extensions?.persistedQuery?.sha256Hash !== undefined,
    status: response.status,
    errors: (errors ?? []).map(({ message, extensions }) => [message, extensions.code]),
  });
  return response;
}

function client(token, link = ApolloLink.empty()) {
  const headers = token ? { authorization: `Bearer ${token}` } : {};
  const cache = new InMemoryCache({
    typePolicies: { Query: { fields: { packages: relayStylePagination(["orderBy", "filter", "search"]) } } },
  });
  return new ApolloClient({ cache, link: ApolloLink.from([link, new HttpLink({ uri: `${url}/graphql`, headers, fetch: noted })]) });
}
const plain = (token) => client(token, new ApolloLink((operation, forward) => forward(operation)));
const persisted = (token) =>
  client(token, new PersistedQueryLink({ sha256: (text) => createHash("sha256").update(text).digest("hex") }));

const SIGN_IN = gql`
  mutation SignIn($input: SignInInput!) {
    signIn(input: $input) { session { token kind } errors { code message path } }
  }
`;
async function signIn(login, password) {
  const { data } = await plain().mutate({ mutation: SIGN_IN, variables: { input: { login, password } } });
  return data.signIn;
}

const PACKAGES = gql`
  query Packages($first: Int!, $after: String) {
    packages(first: $first, after: $after, orderBy: [{ field: NAME }]) {
      totalCount
      edges { cursor node { id name type { name } domains(first: 2) { nodes { id name } } } }
      pageInfo { hasNextPage endCursor }
    }
  }
`;
async function scroll(token) {
  const scrolling = plain(token);
  const list = scrolling.watchQuery({ query: PACKAGES, variables: { first: 60 } });
  const shown = new Promise((resolve, reject) => list.subscribe({ next: (seen) => seen.data?.packages && resolve(seen.data), error: reject }));
  let { pageInfo, totalCount } = (await shown).packages;
  let pages = 1;
  for (; pageInfo.hasNextPage && pages < 20; pages++) {
    const { data } = await list.fetchMore({ variables: { after: pageInfo.endCursor } });
    pageInfo = data.packages.pageInfo;
  }
  const { packages } = scrolling.readQuery({ query: PACKAGES, variables: { first: 60 } });
  return { pages, totalCount, ids: packages.edges.map(({ node }) => node.id) };
}

async function sendHashes(token) {
  const query = gql`query HashedByApollo($first: Int!) { packages(first: $first) { edges { node { id name } } } }`;
  const ask = async (count) => {
    const from = exchanges.length;
    const { data } = await persisted(token).query({ query, variables: { first: count } });
    return { packages: data.packages.edges.length, exchanges: exchanges.slice(from) };
  };
  return { first: await ask(2), second: await ask(3) };
}

/** What a refused query looks like to the application. */
async function refusal(token, query, variables = {}) {
  const from = exchanges.length;
  const { data, error } = await plain(token).query({ query, variables, errorPolicy: "all" });
  if (!CombinedGraphQLErrors.is(error)) throw new Error(`no GraphQL errors: ${error}`);
  const errors = error.errors.map(({ path, extensions }) => ({ path, ...extensions }));
  return { data, errors, status: exchanges[from].status };
}

const signedIn = await signIn(agency.login, agency.password);
const token = signedIn.session.token;
const atSite = await signIn(site.login, site.password);
const NAMES = gql`query Names { packages(first: 1) { nodes { id name } } }`;
const seen = {
  signIn: { kind: signedIn.session.kind, errors: signedIn.errors },
  wrongPassword: await signIn(agency.login, "not this one"),
  scrolled: await scroll(token),
  hashes: await sendHashes(token),
  refusals: {
    nobody: await refusal(undefined, NAMES),
    badToken: await refusal("cs_0000000000000000000000000000000000000000000", NAMES),
    noScope: await refusal(atSite.session.token, gql`query Contract { packages(first: 1) { nodes { id contract { id number } } } }`),
    invalid: await refusal(token, gql`query Invalid { packages { secrets } }`),
    tooLong: await refusal(token, gql`query TooLong { packages(first: 101) { totalCount } }`),
    badCursor: await refusal(token, PACKAGES, { first: 1, after: "nonsense" }),
    tooMuch: await refusal(token, gql`query TooMuch { packages(first: 100) { nodes { domains(first: 100) { nodes { id name } } } } }`),
  },
};
const SIGN_OUT = gql`mutation SignOut { signOut { errors { code } } }`;
seen.signOut = (await plain(token).mutate({ mutation: SIGN_OUT })).data.signOut.errors;
seen.refusals.signedOut = await refusal(token, NAMES);
console.log(JSON.stringify(seen));
process.exit(0); // the watched query would wait for more
