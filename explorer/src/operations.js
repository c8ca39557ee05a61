import { Kind, parse } from "graphql";
import text from "./operations.graphql?raw";

/** Each operation's text with the comment above it, by name, in the order of the file. */
function split() {
  const operations = new Map();
  let start = 0;
  for (const definition of parse(text).definitions) {
    if (definition.kind !== Kind.OPERATION_DEFINITION) continue;
    operations.set(definition.name.value, text.slice(start, definition.loc.end).trim());
    start = definition.loc.end;
  }
  return operations;
}

const operations = split();
const tab = (name, variables) => ({
  query: operations.get(name),
  variables: variables ? JSON.stringify(variables, null, 2) : null,
});

/** The tabs the explorer opens with. */
export const readyTabs = [
  tab("SignIn", { login: "", password: "" }),
  tab("AllPackages"),
  tab("OnePackage", { id: "" }),
  tab("Invoices"),
];

export const signOut = operations.get("SignOut");
