import { defineConfig } from "vite";

export default defineConfig({
  base: "/explorer/",
  build: {
    outDir: "../gateway/http/assets/explorer",
    emptyOutDir: true,
    target: "es2022",
    // Every asset is a file with a hash in its name: the page's policy allows no script or worker from a `data:` address.
    assetsInlineLimit: 0,
    // The polyfill would be an inline script, which the policy refuses.
    modulePreload: { polyfill: false },
    // The editor is one big part by nature, and it is loaded from the same machine.
    chunkSizeWarningLimit: 8192,
    reportCompressedSize: false,
    rolldownOptions: {
      // "use client" and the like address server rendering, which this page does not do.
      onLog: (level, log, report) => log.code === "MODULE_LEVEL_DIRECTIVE" || report(level, log),
    },
  },
  worker: { format: "es" },
  clearScreen: false,
  logLevel: "warn",
});
