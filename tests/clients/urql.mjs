// An application on urql: a query, hashes for texts, and a refusal, as it is told to POST and as it comes.
// Arguments: the server's address, a token. Prints what it saw as JSON.
import { createHash } from "node:crypto";
import { Client, fetchExchange, gql } from "@urql/core";
import { persistedExchange } from "@urql/exchange-persisted";

const [url, token] = process.argv.slice(2);
const exchanges = [];

/** `fetch` that notes what went over the wire. */
async function noted(address, options) {
  const response = await fetch(address, options);
  const { query, extensions } = JSON.parse(options.body ?? "{}");
  exchanges.push({ method: options.method, text: query !== undefined, hash: extensions?.persistedQuery !== undefined, status: response.status });
  return response;
}

// urql sends short queries by GET unless told otherwise, and the gateway takes POST alone.
const POST = { preferGetMethod: false };
function client(token, exchanges = [fetchExchange], options = POST) {
  const headers = token ? { authorization: `Bearer ${token}` } : {};
  return new Client({ url: `${url}/graphql`, exchanges, fetch: noted, fetchOptions: { headers }, ...options });
}
const persisted = () =>
  client(token, [
    persistedExchange({
      preferGetForPersistedQueries: false,
      generateHash: async (text) => createHash("sha256").update(text).digest("hex"),
    }),
    fetchExchange,
  ]);

const PACKAGES = gql`query HashedByUrql($first: Int!) { packages(first: $first) { totalCount nodes { id name } } }`;
async function ask(client, variables = { first: 2 }) {
  const from = exchanges.length;
  const { data, error } = await client.query(PACKAGES, variables).toPromise();
  return {
    packages: data?.packages?.nodes.length ?? null,
    codes: (error?.graphQLErrors ?? []).map(({ extensions }) => extensions.code),
    network: error?.networkError?.message ?? null,
    exchanges: exchanges.slice(from),
  };
}

console.log(
  JSON.stringify({
    plain: await ask(client(token)),
    unknownHash: await ask(persisted()),
    knownHash: await ask(persisted(), { first: 3 }),
    nobody: await ask(client()),
    byGet: await ask(client(token, [fetchExchange], {})),
  }),
);
