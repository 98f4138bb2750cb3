/** A process that publishes once and kills itself after a given step. For tests of crashes. */
import { type Login, openStore } from "../store/index.ts";
import { openPublisher } from "./publisher.ts";

interface Orders {
  readonly login: Login;
  readonly keys: string;
  readonly logs: string;
  readonly step: string;
}

const { login, keys, logs, step } = JSON.parse(process.env["SANDBANK_DYING"] ?? "{}") as Orders;
const publisher = openPublisher({
  ...{ store: openStore(login, { connections: 1 }), keys, logs, witnesses: [], quorum: 0 },
  ...{ witnessTimeoutMs: 1_000, leaseMs: 0 },
  onStep: (at) => {
    if (at === step) process.kill(process.pid, "SIGKILL");
  },
});
await publisher.round();
