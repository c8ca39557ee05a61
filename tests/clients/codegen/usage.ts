// How an application uses what was generated. Every line marked as an error must be one: a type that became `any` would
// let it pass.
import type { TypedDocumentNode } from "@graphql-typed-document-node/core";
import { AnythingDocument, PackagesDocument, SignInDocument } from "./operations.js";

declare function ask<Answer, Variables>(operation: TypedDocumentNode<Answer, Variables>, variables: Variables): Promise<Answer>;

export async function names(): Promise<string[]> {
  const { packages } = await ask(PackagesDocument, { first: 50, orderBy: [{ field: "NAME", direction: "ASC" }] });
  // @ts-expect-error The list is null where the session may not see it.
  packages.edges;
  return (packages?.edges ?? []).map(({ node }) => {
    const cents: number | undefined = node.contract?.price?.minorUnits;
    // @ts-expect-error Amounts are whole cents, not text.
    const text: string | undefined = node.contract?.price?.minorUnits;
    // @ts-expect-error There is no such state.
    const gone = node.state === "GONE";
    return `${node.name ?? ""} ${cents} ${text} ${gone}`;
  });
}

export async function token(login: string, password: string): Promise<string> {
  // @ts-expect-error A sign-in needs a password.
  await ask(SignInDocument, { input: { login } });
  const { signIn } = await ask(SignInDocument, { input: { login, password } });
  for (const error of signIn.errors) {
    switch (error.code) {
      case "RATE_LIMITED":
      case "INVALID_CREDENTIALS":
        throw new Error(error.message);
      // @ts-expect-error There is no such code.
      case "LOCKED":
    }
  }
  return signIn.session?.token ?? "";
}

export async function due(id: string): Promise<string | null> {
  // @ts-expect-error An id is needed.
  await ask(AnythingDocument, {});
  const { node } = await ask(AnythingDocument, { id });
  return node?.__typename === "Invoice" ? node.dueOn : null;
}
