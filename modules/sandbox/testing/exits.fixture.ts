/**
 * A process that serves exits for their crash tests: acts come as JSON lines, outcomes go as JSON
 * lines. A test kills it wherever it likes (`SANDBANK_STOP_AT`). Nothing is open in its ledger.
 */
import { createInterface } from "node:readline";
import { type Call, startGuard } from "@sandbank/kernel/guard";
import { type Login, openStore } from "@sandbank/kernel/store";
import { endingCommands, sandboxCommands } from "../index.ts";

const login = JSON.parse(process.env["SANDBANK_LOGIN"] ?? "{}") as Login;
const store = openStore(login, { connections: 2 });
const ending = endingCommands({
  store,
  obligations: { read: async () => ({ stocks: [], holds: { count: 0n, last: null } }) },
  measures: { over: async () => undefined },
  operatorOf: () => "alder-bank",
});
const guard = await startGuard({
  commands: [...sandboxCommands, ...ending],
  stores: new Map([["sandbox", store]]),
  mode: "demo",
});

process.stdout.write(`${JSON.stringify({ ready: true })}\n`);
for await (const line of createInterface({ input: process.stdin })) {
  const outcome = await guard.act(JSON.parse(line) as Call);
  const said = outcome.kind === "refused" ? outcome.refusal.code : outcome.kind;
  process.stdout.write(`${JSON.stringify({ outcome: said })}\n`);
}
process.exit(0);
