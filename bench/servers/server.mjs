// Fastify with Mercurius as its documentation sets them up for production: graphql-jit from the first request on.
import fastify from "fastify";
import { GraphQLScalarType } from "graphql";
import mercurius from "mercurius";
import { customerOf, pool } from "./database.mjs";
import { schema } from "./schema.mjs";
import { serve } from "./workers.mjs";

const written = (name) => new GraphQLScalarType({ name, serialize: (value) => value });

export function serveMercurius(options) {
  serve(async (port) => {
    const app = fastify({ logger: false });
    app.register(mercurius, {
      schema,
      jit: 1,
      ...options,
      resolvers: { DateTime: written("DateTime"), Date: written("Date"), ...options.resolvers },
      context: async (request) => ({ customer: await customerOf(request.headers.authorization) }),
    });
    await app.ready();
    await pool.query("SELECT 1");
    await app.listen({ port, host: "127.0.0.1" });
  });
}
