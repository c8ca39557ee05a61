// The pool of the Node contestants, as large as everybody's, and who asks: the token is looked up at every request.
// Statements are named, so that PostgreSQL prepares each once for a connection; dates stay the text they are in.
import { createHash } from "node:crypto";
import pg from "pg";

const { types } = pg;
types.setTypeParser(types.builtins.INT8, Number);
types.setTypeParser(types.builtins.DATE, (text) => text);
types.setTypeParser(types.builtins.TIMESTAMPTZ, (text) => `${text.slice(0, 10)}T${text.slice(11, 19)}Z`);

const size = Number(process.env.BENCH_POOL);
const place = JSON.parse(process.env.BENCH_DATABASE);
export const pool = new pg.Pool({ ...place, max: size, min: size, options: "-c timezone=UTC" });

export async function rows(name, text, values) {
  return (await pool.query({ name, text, values })).rows;
}

export const SESSION = `SELECT s.customer_id FROM session s JOIN customer c ON c.id = s.customer_id WHERE s.token_hash = $1
  AND s.revoked_at IS NULL AND c.disabled_at IS NULL AND s.expires_at > now() AND s.kind = 'CUSTOMER'`;

export function tokenHash(authorization) {
  return createHash("sha256").update((authorization ?? "").slice("Bearer ".length)).digest("hex");
}

export async function customerOf(authorization) {
  const found = await rows("session", SESSION, [tokenHash(authorization)]);
  if (!found.length) throw new Error("not signed in");
  return found[0].customer_id;
}
