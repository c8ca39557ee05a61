/**
 * Where GraphiQL keeps things. Only how the page looks outlives it: texts, variables and headers can hold a password or a
 * token, so they stay in memory.
 */
const LASTING = ["theme", "visiblePlugin", "docExplorerFlex", "editorFlex", "secondaryEditorFlex"].map((name) => `graphiql:${name}`);
const memory = new Map();

/** localStorage, or null in a browser that stores nothing for this page. */
const disk = (() => {
  try {
    return localStorage;
  } catch {
    return null;
  }
})();

const lasts = (key) => disk !== null && LASTING.includes(key);

export function forgetWork() {
  memory.clear();
}

export const storage = {
  getItem: (key) => (lasts(key) ? disk.getItem(key) : (memory.get(key) ?? null)),
  setItem: (key, value) => (lasts(key) ? disk.setItem(key, value) : memory.set(key, value)),
  removeItem: (key) => (lasts(key) ? disk.removeItem(key) : memory.delete(key)),
  clear() {
    for (const key of LASTING) disk?.removeItem(key);
    memory.clear();
  },
  get length() {
    return memory.size + LASTING.filter((key) => (disk?.getItem(key) ?? null) !== null).length;
  },
};
