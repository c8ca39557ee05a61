// PostGraphile 5 over the tables as they are, with its own server. Everything of the caller hangs under `me`: relations run
// from the customer's row, so no row of anybody else is reached. The token is looked up when the context is made.
import { createServer } from "node:http";
import { postgraphile } from "postgraphile";
import { makePgService } from "postgraphile/adaptors/pg";
import { context } from "postgraphile/grafast";
import { grafserv } from "postgraphile/grafserv/node";
import { PostGraphileAmberPreset } from "postgraphile/presets/amber";
import { extendSchema } from "postgraphile/utils";
import { customerOf, pool } from "./database.mjs";
import { serve } from "./workers.mjs";

const Me = extendSchema((build) => {
  const { customer } = build.pgResources;
  return {
    typeDefs: "extend type Query { me: Customer }",
    objects: { Query: { plans: { me: () => customer.get({ id: context().get("customer") }) } } },
  };
});

const preset = {
  extends: [PostGraphileAmberPreset],
  plugins: [Me],
  disablePlugins: ["MutationPlugin"],
  pgServices: [makePgService({ pool, schemas: ["public"] })],
  gather: { installWatchFixtures: false },
  grafast: {
    explain: false,
    async context(request) {
      return { customer: await customerOf(request.node?.req.headers.authorization) };
    },
  },
  grafserv: { watch: false, graphiql: false, graphqlPath: "/graphql", websockets: false },
};

serve(async (port) => {
  const server = createServer();
  server.on("error", (error) => console.error(error));
  await postgraphile(preset).createServ(grafserv).addTo(server);
  server.listen({ port, host: "127.0.0.1", backlog: 2048 });
});
