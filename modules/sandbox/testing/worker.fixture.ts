/**
 * A process that serves the sandbox for the crash tests of compensation: acts come as JSON lines,
 * outcomes go as JSON lines. A test kills it wherever it likes (`SANDBANK_STOP_AT`).
 */
import { createInterface } from "node:readline";
import { type Call, startGuard } from "@sandbank/kernel/guard";
import { type Login, openStore } from "@sandbank/kernel/store";
import { sandboxCommands } from "../index.ts";

const login = JSON.parse(process.env["SANDBANK_LOGIN"] ?? "{}") as Login;
const guard = await startGuard({
  commands: sandboxCommands,
  stores: new Map([["sandbox", openStore(login, { connections: 2 })]]),
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
