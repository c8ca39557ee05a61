// One process, or several behind one port; they stop together.
import cluster from "node:cluster";

export function serve(start) {
  const count = Number(process.env.WORKERS ?? 1);
  if (count === 1 || !cluster.isPrimary) {
    start(Number(process.env.PORT));
    process.on("SIGTERM", () => process.exit(0));
    return;
  }
  for (let number = 0; number < count; number += 1) cluster.fork();
  process.on("SIGTERM", () => {
    for (const worker of Object.values(cluster.workers)) worker.kill("SIGTERM");
    process.exit(0);
  });
}
