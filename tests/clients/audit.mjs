// Runs the GraphQL-over-HTTP audit against the address given and prints its results as JSON.
import { serverAudits } from "graphql-http";

const results = [];
for (const audit of serverAudits({ url: process.argv[2] })) {
  const result = await audit.fn();
  results.push({ id: result.id, name: result.name, status: result.status, reason: result.reason ?? null });
  await result.response?.body?.cancel().catch(() => {});
}
console.log(JSON.stringify(results));
