// Reads a schema in the definition language as graphql-js does, and compares it with what a server tells of itself.
// Arguments: the file, the server's address. Prints its findings as JSON.
import { readFileSync } from "node:fs";
import {
  buildClientSchema,
  buildSchema,
  getIntrospectionQuery,
  isEnumType,
  isInputObjectType,
  isIntrospectionType,
  isSpecifiedDirective,
  isSpecifiedScalarType,
  printType,
  validateSchema,
} from "graphql";

const OPTIONS = { descriptions: true, specifiedByUrl: true, directiveIsRepeatable: true, inputValueDeprecation: true, oneOf: true };

const own = (schema) => Object.values(schema.getTypeMap()).filter((type) => !isIntrospectionType(type) && !isSpecifiedScalarType(type));
const ownDirectives = (schema) => schema.getDirectives().filter((directive) => !isSpecifiedDirective(directive));

/** Every definition by the name a person would use for it, such as `Query.packages(first:)`. */
function* definitions(schema) {
  for (const directive of ownDirectives(schema)) {
    yield [`@${directive.name}`, directive];
    for (const argument of directive.args) yield [`@${directive.name}(${argument.name}:)`, argument];
  }
  for (const type of own(schema)) {
    yield [type.name, type];
    const parts = isEnumType(type) ? type.getValues() : Object.values(type.getFields?.() ?? {});
    for (const part of parts) {
      yield [`${type.name}.${part.name}`, part];
      if (isEnumType(type) || isInputObjectType(type)) continue;
      for (const argument of part.args) yield [`${type.name}.${part.name}(${argument.name}:)`, argument];
    }
  }
}

const [file, url] = process.argv.slice(2);
const written = buildSchema(readFileSync(file, "utf8"));
const response = await fetch(`${url}/graphql`, {
  method: "POST",
  headers: { "Content-Type": "application/json" },
  body: JSON.stringify({ query: getIntrospectionQuery(OPTIONS) }),
});
const { data, errors } = await response.json();
if (errors) throw new Error(JSON.stringify(errors));
const served = buildClientSchema(data);

const directiveText = ({ description, locations, isRepeatable, args }) =>
  JSON.stringify([description, locations, isRepeatable, args.map(({ name, type, description }) => [name, `${type}`, description])]);
const texts = (schema) =>
  new Map([
    ...own(schema).map((type) => [type.name, printType(type)]),
    ...ownDirectives(schema).map((directive) => [`@${directive.name}`, directiveText(directive)]),
  ]);
const [inFile, inServer] = [texts(written), texts(served)];
const names = [...new Set([...inFile.keys(), ...inServer.keys()])];
const all = [...definitions(written)];
console.log(
  JSON.stringify({
    errors: validateSchema(written).map((error) => error.message),
    definitions: all.length,
    undescribed: all.filter(([, definition]) => !definition.description?.trim()).map(([name]) => name),
    different: names.filter((name) => inFile.get(name) !== inServer.get(name)),
    directives: ownDirectives(served).map(({ name }) => name),
    invalidAsServed: validateSchema(served).map((error) => error.message),
  }),
);
