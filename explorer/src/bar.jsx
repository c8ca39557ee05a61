import { useRef, useState, useSyncExternalStore } from "react";
import icon from "./icon.svg";
import { signOut } from "./operations.js";
import { send } from "./send.js";
import { adoptToken, leave, snapshot, subscribe } from "./session.js";

const KINDS = { CUSTOMER: "customer", PACKAGE: "package login", API_TOKEN: "API token" };

function until(expiresAt) {
  const instant = new Date(expiresAt);
  if (Number.isNaN(instant.getTime())) return null;
  const sameDay = instant.toDateString() === new Date().toDateString();
  return instant.toLocaleString("en-GB", sameDay ? { timeStyle: "short" } : { dateStyle: "medium", timeStyle: "short" });
}

function SignedIn({ session }) {
  const [leaving, setLeaving] = useState(false);
  const endSession = async () => {
    setLeaving(true);
    let ended = false;
    try {
      const answer = await send({ query: signOut, operationName: "SignOut" });
      // A token that the server refused was dead already, and `send` has dropped it.
      ended = Boolean(answer?.data?.signOut) || snapshot().session === null;
    } catch {
      // Told below: an unreachable server is one that did not end the session.
    }
    leave(ended ? "Signed out." : "Token forgotten. The server did not end the session; it will expire.");
  };
  const details = [KINDS[session.kind] ?? session.kind, session.expiresAt && until(session.expiresAt) && `until ${until(session.expiresAt)}`];
  return (
    <div className="session">
      <p className="who" role="status">
        <span className="dot" aria-hidden="true" />
        {session.login ? <>Signed in as <strong>{session.login}</strong></> : "A token is in use"}
        {details.filter(Boolean).map((detail) => <span className="detail" key={detail}>{detail}</span>)}
      </p>
      <button type="button" onClick={endSession} disabled={leaving}>Sign out</button>
    </div>
  );
}

function TokenForm({ notice }) {
  const field = useRef(null);
  const [refused, setRefused] = useState(false);
  const apply = (event) => {
    event.preventDefault();
    const accepted = adoptToken(field.current.value);
    setRefused(!accepted);
    if (!accepted) field.current.focus();
  };
  const message = refused ? "That does not look like a token." : (notice ?? "Run SignIn, or paste a token:");
  return (
    <form className="session" onSubmit={apply} autoComplete="off">
      <span role="status">
        <label htmlFor="token" className={refused ? "refused" : ""}>{message}</label>
      </span>
      <input
        id="token"
        ref={field}
        type="password"
        aria-label="Bearer token"
        aria-invalid={refused}
        placeholder="Bearer token"
        autoComplete="off"
        spellCheck="false"
        onInput={() => setRefused(false)}
      />
      <button type="submit">Use token</button>
    </form>
  );
}

/** The bar above GraphiQL: what this is, who is signed in, and what is out of the ordinary. */
export function Bar() {
  const { session, notice, schemaHint } = useSyncExternalStore(subscribe, snapshot);
  return (
    <header className="bar">
      <div className="row">
        <h1><img src={icon} alt="" width="24" height="24" />Customer gateway <span>GraphQL explorer</span></h1>
        {session ? <SignedIn session={session} key={session.token} /> : <TokenForm notice={notice} />}
      </div>
      {schemaHint && <p className="hint" role="status">{schemaHint}</p>}
    </header>
  );
}
