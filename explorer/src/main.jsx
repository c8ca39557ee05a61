import { explorerPlugin } from "@graphiql/plugin-explorer";
import { GraphiQL } from "graphiql";
import { useSyncExternalStore } from "react";
import { createRoot } from "react-dom/client";
import "graphiql/setup-workers/vite";
import "graphiql/style.css";
import "@graphiql/plugin-explorer/style.css";
import "./page.css";
import { Bar } from "./bar.jsx";
import { readyTabs } from "./operations.js";
import { send } from "./send.js";
import { snapshot, subscribe } from "./session.js";
import { storage } from "./storage.js";

const plugins = [explorerPlugin({ showAttribution: false })];

function Explorer() {
  // Leaving makes a new GraphiQL: the tabs of the one who left, with passwords and answers in them, are gone.
  const { signOuts } = useSyncExternalStore(subscribe, snapshot);
  return (
    <>
      <Bar />
      <main aria-label="GraphiQL">
        <GraphiQL
          key={signOuts}
          fetcher={send}
          storage={storage}
          plugins={plugins}
          defaultTabs={readyTabs}
          initialVariables={readyTabs[0].variables}
          defaultEditorToolsVisibility="variables"
          shouldPersistHeaders={false}
          showPersistHeadersSettings={false}
          inputValueDeprecation
          schemaDescription
        >
          <GraphiQL.Logo>{null}</GraphiQL.Logo>
        </GraphiQL>
      </main>
    </>
  );
}

createRoot(document.getElementById("explorer")).render(<Explorer />);
