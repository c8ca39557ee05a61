import { Kind, parse } from "graphql";
import { forgetToken, showSchemaHint, snapshot, takeOver } from "./session.js";

const ENDPOINT = "/graphql";
const INTROSPECTION = "IntrospectionQuery";

async function post(parameters, extraHeaders, token) {
  const headers = new Headers({
    "Content-Type": "application/json",
    Accept: "application/graphql-response+json, application/json;q=0.9",
  });
  if (token) headers.set("Authorization", `Bearer ${token}`);
  for (const [name, value] of Object.entries(extraHeaders ?? {})) headers.set(name, value);
  const response = await fetch(ENDPOINT, {
    method: "POST",
    headers,
    body: JSON.stringify(parameters),
    cache: "no-store",
    credentials: "omit",
    redirect: "error",
    referrerPolicy: "no-referrer",
  });
  const tokenRefused = response.status === 401 && token && headers.get("Authorization") === `Bearer ${token}`;
  const text = await response.text();
  try {
    return { status: response.status, tokenRefused, answer: JSON.parse(text) };
  } catch {
    throw new Error(`The server answered ${response.status} ${response.statusText} without JSON.`);
  }
}

/**
 * The operation to run. Right after a change of tabs GraphiQL still names the operation of the tab that was left: a name
 * that the text does not hold is dropped.
 */
function nameIn(query, name) {
  try {
    const { definitions } = parse(query, { noLocation: true });
    return definitions.some((part) => part.kind === Kind.OPERATION_DEFINITION && part.name?.value === name) ? name : undefined;
  } catch {
    return name;
  }
}

/** Why completion and documentation are missing, or null when the schema arrived. */
function hintFor({ status, answer }) {
  if (answer?.data?.__schema) return null;
  const code = answer?.errors?.[0]?.extensions?.code;
  if (code === "INTROSPECTION_DISABLED") {
    return "This server does not show its schema, so there is no completion and no documentation here. Operations run all the same.";
  }
  return `The schema could not be read (${code ?? `HTTP ${status}`}). Operations may run all the same; the reload button reads the schema again.`;
}

/** GraphiQL's fetcher: the session's token goes along, and a token in an answer becomes the session's. */
export async function send({ query, variables, operationName }, { headers } = {}) {
  const introspecting = operationName === INTROSPECTION;
  const parameters = { query, variables, operationName: nameIn(query, operationName) };
  const token = snapshot().session?.token;
  let result;
  try {
    result = await post(parameters, headers, token);
    if (result.tokenRefused && token === snapshot().session?.token) {
      forgetToken("Your session has ended. Sign in again.");
      // The schema is read as nobody then; anything else is for the person to run again.
      if (introspecting) result = await post(parameters, headers);
    }
  } catch (error) {
    if (introspecting) showSchemaHint("The schema could not be read: the server did not answer as expected.");
    throw error;
  }
  if (introspecting) showSchemaHint(hintFor(result));
  else takeOver(result.answer, variables?.login ?? variables?.input?.login);
  return result.answer;
}
