// Mercurius the documented way: resolvers at the root, loaders for what hangs below.
import { rows } from "./database.mjs";
import { serveMercurius } from "./server.mjs";

const PACKAGE = `id, name, identification, order_number AS "orderNumber", state, created_at AS "createdAt", version, type_id`;
const money = (minorUnits, currency) => ({ minorUnits, currency });

// Rows of a table for many objects at once, one list for each.
async function grouped(name, text, keys, customer) {
  const found = new Map(keys.map((key) => [key, []]));
  for (const row of await rows(name, text, [customer, keys])) found.get(row.parent).push(row);
  return keys.map((key) => found.get(key));
}

async function single(name, text, keys, ...more) {
  const found = new Map((await rows(name, text, [...more, [...new Set(keys)]])).map((row) => [row.parent, row]));
  return keys.map((key) => found.get(key) ?? null);
}

const resolvers = {
  Query: {
    async packages(_, { first }, { customer }) {
      const [nodes, [{ count }]] = await Promise.all([
        rows("packages", `SELECT ${PACKAGE} FROM package WHERE customer_id = $1 ORDER BY name_key, id LIMIT $2`, [customer, first]),
        rows("packages_total", "SELECT count(*) FROM package WHERE customer_id = $1", [customer]),
      ]);
      return { nodes, totalCount: count };
    },
    async package(_, { id }, { customer }) {
      const found = await rows("package", `SELECT ${PACKAGE} FROM package WHERE customer_id = $1 AND id = $2`, [customer, id]);
      return found[0] ?? null;
    },
    async invoices(_, { first }, { customer }) {
      const [nodes, [{ count }]] = await Promise.all([
        rows(
          "invoices",
          `SELECT id, number, state, issued_on AS "issuedOn", due_on AS "dueOn", gross_minor, currency FROM invoice
           WHERE customer_id = $1 ORDER BY issued_on DESC, id DESC LIMIT $2`,
          [customer, first],
        ),
        rows("invoices_total", "SELECT count(*) FROM invoice WHERE customer_id = $1", [customer]),
      ]);
      return { nodes, totalCount: count };
    },
  },
  Invoice: { total: (invoice) => money(invoice.gross_minor, invoice.currency) },
  InvoiceLine: {
    quantity: (line) => line.quantity_thousandths / 1000,
    net: (line) => money(line.net_minor, line.currency),
  },
  Contract: { price: (contract) => money(contract.gross_minor, contract.currency) },
};

const ids = (queries) => queries.map(({ obj }) => obj.id);

const loaders = {
  Package: {
    type: (queries) => single("types", "SELECT id AS parent, id, name FROM package_type WHERE id = ANY($1)", queries.map(({ obj }) => obj.type_id)),
    contract: (queries, { customer }) =>
      single(
        "contracts",
        `SELECT package_id AS parent, id, number, state, starts_on AS "startsOn", ends_on AS "endsOn",
         billing_months AS "billingMonths", gross_minor, currency, tariff_id
         FROM contract WHERE customer_id = $1 AND package_id = ANY($2)`,
        ids(queries),
        customer,
      ),
    async mailboxCount(queries, { customer }) {
      const found = await single(
        "mailbox_counts",
        "SELECT package_id AS parent, count(*) FROM mailbox WHERE customer_id = $1 AND package_id = ANY($2) GROUP BY 1",
        ids(queries),
        customer,
      );
      return found.map((row) => row?.count ?? 0);
    },
    async domains(queries, { customer }) {
      const found = await grouped(
        "domains",
        `SELECT package_id AS parent, id, name, ascii_name AS "asciiName", main, state, registered_on AS "registeredOn",
         created_at AS "createdAt" FROM domain WHERE customer_id = $1 AND package_id = ANY($2) ORDER BY ascii_name, id`,
        ids(queries),
        customer,
      );
      return found.map((nodes, index) => ({ nodes: nodes.slice(0, queries[index].params.first) }));
    },
    async mailboxes(queries, { customer }) {
      const found = await grouped(
        "mailboxes",
        `SELECT package_id AS parent, id, address, display_name AS "displayName", quota_mb AS "quotaMb",
         used_mb AS "usedMb" FROM mailbox WHERE customer_id = $1 AND package_id = ANY($2) ORDER BY address, id`,
        ids(queries),
        customer,
      );
      return found.map((nodes, index) => ({ nodes: nodes.slice(0, queries[index].params.first) }));
    },
  },
  Contract: {
    tariff: (queries) => single("tariffs", "SELECT id AS parent, id, code, name FROM tariff WHERE id = ANY($1)", queries.map(({ obj }) => obj.tariff_id)),
  },
  Invoice: {
    lines: (queries, { customer }) =>
      grouped(
        "lines",
        `SELECT invoice_id AS parent, position, description, quantity_thousandths, unit, net_minor, currency
         FROM invoice_line WHERE customer_id = $1 AND invoice_id = ANY($2) ORDER BY position`,
        ids(queries),
        customer,
      ),
  },
};

serveMercurius({ resolvers, loaders });
