/**
 * A process that serves the sample for crash tests: acts come as JSON lines, outcomes go as JSON
 * lines. A test kills it wherever it likes (`SANDBANK_STOP_AT`) and starts another.
 */
import { createInterface } from "node:readline";
import { type Login, openStore } from "../../store/index.ts";
import type { Call } from "../command.ts";
import { startGuard } from "../guard.ts";
import { sampleCommands } from "./sample.ts";

const login = JSON.parse(process.env["SANDBANK_LOGIN"] ?? "{}") as Login;
const store = openStore(login, { connections: 2 });
const guard = await startGuard({
  commands: sampleCommands,
  stores: new Map([["sample", store]]),
  mode: "demo",
});

process.stdout.write(`${JSON.stringify({ ready: true })}\n`);
for await (const line of createInterface({ input: process.stdin })) {
  const call = JSON.parse(line) as Call;
  void guard.act(call).then(
    (outcome) => answer(call.id, outcome.kind === "refused" ? outcome.refusal.code : outcome.kind),
    () => answer(call.id, "fault"),
  );
}
process.exit(0);

function answer(id: string, outcome: string): void {
  process.stdout.write(`${JSON.stringify({ id, outcome })}\n`);
}
