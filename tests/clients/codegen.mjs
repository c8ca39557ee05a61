// Writes TypeScript for a schema and operations on it, as GraphQL Code Generator does: `schema.ts` with all types of the
// schema, `operations.ts` with those of the operations. Arguments: the schema, the operations. Writes where it is run.
import { readFileSync, writeFileSync } from "node:fs";
import { codegen } from "@graphql-codegen/core";
import * as typedDocumentNode from "@graphql-codegen/typed-document-node";
import * as typescript from "@graphql-codegen/typescript";
import * as typescriptOperations from "@graphql-codegen/typescript-operations";
import { parse } from "graphql";

const read = (file) => parse(readFileSync(file, "utf8"));
const [schema, document] = process.argv.slice(2).map(read);
const config = {
  scalars: { Currency: "string", Date: "string", DateTime: "string" },
  strictScalars: true, // a scalar without a type here is an error, not `any`
  enumsAsTypes: true,
  useTypeImports: true,
};

async function write(filename, plugins, more = {}) {
  const pluginMap = { typescript, typescriptOperations, typedDocumentNode };
  const documents = [{ location: "operations.graphql", document }];
  const options = { filename, schema, documents, config: { ...config, ...more }, pluginMap };
  writeFileSync(filename, await codegen({ ...options, plugins: plugins.map((name) => ({ [name]: {} })) }));
}

await write("schema.ts", ["typescript"]);
await write("operations.ts", ["typescriptOperations", "typedDocumentNode"], { importSchemaTypesFrom: "schema.ts" });
