import { forgetWork } from "./storage.js";

/**
 * Who is signed in: `{ token, login, kind, expiresAt }`, the last three null for a pasted token, or null for nobody.
 *
 * It is kept in sessionStorage alone, so it ends with the browser tab and no other tab reads it.
 */
const KEY = "gateway.session";
const listeners = new Set();
let state = { session: read(), notice: null, schemaHint: null, signOuts: 0 };

function read() {
  try {
    const stored = JSON.parse(sessionStorage.getItem(KEY));
    return typeof stored?.token === "string" ? stored : null;
  } catch {
    return null;
  }
}

function change(part) {
  state = { ...state, ...part };
  try {
    if (state.session) sessionStorage.setItem(KEY, JSON.stringify(state.session));
    else sessionStorage.removeItem(KEY);
  } catch {
    // A browser that stores nothing for this page: the session then ends with the page.
  }
  for (const listener of listeners) listener();
}

export const snapshot = () => state;

export function subscribe(listener) {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Sends `token` from now on. Returns false, and changes nothing, when it can't be a bearer token (RFC 6750, 2.1). */
export function adoptToken(text) {
  const token = text.trim().replace(/^bearer\s+/i, "");
  if (!/^[A-Za-z0-9\-._~+/]+=*$/.test(token)) return false;
  change({ session: { token, login: null, kind: null, expiresAt: null }, notice: null });
  return true;
}

/** Takes over the session that a mutation's answer carries (sign-in, and a step-up, after which the old token is dead). */
export function takeOver(answer, login) {
  for (const payload of Object.values(answer?.data ?? {})) {
    const given = payload?.session;
    if (typeof given?.token !== "string") continue;
    change({
      session: {
        token: given.token,
        login: typeof login === "string" && login ? login : (state.session?.login ?? null),
        kind: typeof given.kind === "string" ? given.kind : null,
        expiresAt: typeof given.expiresAt === "string" ? given.expiresAt : null,
      },
      notice: null,
    });
  }
}

/** The token is no longer good: it is forgotten, what was written and read stays on the page. */
export function forgetToken(notice) {
  change({ session: null, notice });
}

/** The person leaves: everything written and read goes with the token, for the next one at this screen. */
export function leave(notice) {
  forgetWork();
  change({ session: null, notice, signOuts: state.signOuts + 1 });
}

export function showSchemaHint(schemaHint) {
  if (schemaHint !== state.schemaHint) change({ schemaHint });
}
