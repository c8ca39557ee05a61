// Mercurius with SQL joined by hand for exactly what is asked: resolvers at the root give whole trees.
import { rows } from "./database.mjs";
import { serveMercurius } from "./server.mjs";

const PACKAGE = `SELECT p.id, p.name, p.identification, p.order_number AS "orderNumber", p.state, p.created_at AS "createdAt",
  p.version, k.name AS type_name, (SELECT count(*) FROM mailbox m WHERE m.customer_id = $1 AND m.package_id = p.id)
  AS "mailboxCount", c.number AS contract_number, c.state AS contract_state, t.name AS tariff_name`;
const FROM = `FROM package p JOIN package_type k ON k.id = p.type_id LEFT JOIN contract c ON c.package_id = p.id
  LEFT JOIN tariff t ON t.id = c.tariff_id WHERE p.customer_id = $1`;
const PACKAGES = `${PACKAGE}, (SELECT count(*) FROM package n WHERE n.customer_id = $1) AS total ${FROM}
  ORDER BY p.name_key, p.id LIMIT $2`;
const DOMAINS = `SELECT package_id, name, state FROM domain WHERE customer_id = $1 AND package_id = ANY($2)
  ORDER BY ascii_name, id`;
const INVOICES = `SELECT id, number, state, issued_on AS "issuedOn", due_on AS "dueOn", gross_minor, currency,
  (SELECT count(*) FROM invoice WHERE customer_id = $1) AS total
  FROM invoice WHERE customer_id = $1 ORDER BY issued_on DESC, id DESC LIMIT $2`;
const LINES = `SELECT invoice_id, position, description, quantity_thousandths, unit, net_minor, currency
  FROM invoice_line WHERE customer_id = $1 AND invoice_id = ANY($2) ORDER BY position`;
const ONE = `${PACKAGE}, c.starts_on, c.ends_on, c.billing_months, c.gross_minor, c.currency, t.code ${FROM} AND p.id = $2`;
const DOMAINS_OF_ONE = `SELECT id, name, ascii_name AS "asciiName", main, state, registered_on AS "registeredOn",
  created_at AS "createdAt" FROM domain WHERE customer_id = $1 AND package_id = $2 ORDER BY ascii_name, id LIMIT 20`;
const MAILBOXES_OF_ONE = `SELECT id, address, display_name AS "displayName", quota_mb AS "quotaMb", used_mb AS "usedMb"
  FROM mailbox WHERE customer_id = $1 AND package_id = $2 ORDER BY address, id LIMIT 20`;

// The rows become the objects they are answered as; what is a relation gets its own object.
function packageOf(row) {
  row.type = { name: row.type_name };
  if (row.contract_number) {
    row.contract = { number: row.contract_number, state: row.contract_state, tariff: { name: row.tariff_name } };
  }
  row.domains = { nodes: [] };
  return row;
}

async function packages(_, { first }, { customer }) {
  const nodes = (await rows("packages", PACKAGES, [customer, first])).map(packageOf);
  const byId = new Map(nodes.map((node) => [node.id, node.domains.nodes]));
  for (const row of await rows("domains", DOMAINS, [customer, [...byId.keys()]])) {
    const kept = byId.get(row.package_id);
    if (kept.length < 20) kept.push(row);
  }
  return { nodes, totalCount: nodes.length ? nodes[0].total : 0 };
}

async function onePackage(_, { id }, { customer }) {
  const sought = [customer, id];
  const [[row], domains, mailboxes] = await Promise.all([
    rows("package", ONE, sought),
    rows("domains_of_one", DOMAINS_OF_ONE, sought),
    rows("mailboxes_of_one", MAILBOXES_OF_ONE, sought),
  ]);
  if (!row) return null;
  const found = packageOf(row);
  found.domains.nodes = domains;
  found.mailboxes = { nodes: mailboxes };
  if (found.contract) {
    Object.assign(found.contract, {
      startsOn: row.starts_on,
      endsOn: row.ends_on,
      billingMonths: row.billing_months,
      price: { minorUnits: row.gross_minor, currency: row.currency },
    });
    found.contract.tariff.code = row.code;
  }
  return found;
}

async function invoices(_, { first }, { customer }) {
  const nodes = await rows("invoices", INVOICES, [customer, first]);
  const byId = new Map();
  for (const node of nodes) {
    node.total_count = node.total;
    node.total = { minorUnits: node.gross_minor, currency: node.currency };
    byId.set(node.id, (node.lines = []));
  }
  for (const row of await rows("lines", LINES, [customer, [...byId.keys()]])) {
    row.quantity = row.quantity_thousandths / 1000;
    row.net = { minorUnits: row.net_minor, currency: row.currency };
    byId.get(row.invoice_id).push(row);
  }
  return { nodes, totalCount: nodes.length ? nodes[0].total_count : 0 };
}

serveMercurius({ resolvers: { Query: { packages, package: onePackage, invoices } } });
