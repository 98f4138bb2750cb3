/**
 * A bank for tests of the strangers: real sockets, a ledger of its own, and faults on request. It
 * keeps to what the OpenAPI document promises and holds nothing of the real one's code.
 */
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

/** What happens to a request besides its answer. */
export type Fault = "none" | "cut_before" | "cut_after" | "unavailable" | "slow";

interface Payment {
  readonly trid: string;
  readonly amount: bigint;
  captured: bigint;
  refunded: bigint;
  state: string;
}

interface Kept {
  readonly status: number;
  readonly body: unknown;
}

export interface FakeBank {
  readonly origin: string;
  readonly payments: Map<string, Payment>;
  /** Chooses the fault of the n-th request, from 0. */
  fault: (n: number) => Fault;
  /** How many acts were carried out, repeats not counted. */
  acts(): number;
  end(): Promise<void>;
}

/** Starts it; `trids` tells whose key is whose. */
export async function fakeBank(trids: Readonly<Record<string, string>>): Promise<FakeBank> {
  const payments = new Map<string, Payment>();
  const answers = new Map<string, Kept & { readonly content: string }>();
  let requests = 0;
  const bank = { fault: (() => "none") as FakeBank["fault"] };
  const server = createServer(async (request, response) => {
    const fault = bank.fault(requests++);
    const content = await bodyText(request);
    if (fault === "cut_before") return void request.socket.destroy();
    if (fault === "unavailable") return send(response, { status: 503, body: {} });
    const key = request.headers["idempotency-key"];
    const trid = trids[(request.headers.authorization ?? "").slice("Bearer ".length)];
    const before = typeof key === "string" ? answers.get(key) : undefined;
    const kept = before ?? { ...answer({ request, content, trid, payments }), content };
    if (typeof key === "string") answers.set(key, kept);
    if (fault === "cut_after") return void request.socket.destroy();
    if (fault === "slow") return;
    if (before && before.content !== content) {
      return send(response, { status: 409, body: { code: "content_differs" } });
    }
    send(response, kept);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return Object.assign(bank, {
    ...{ origin: `http://127.0.0.1:${port}`, payments },
    acts: () => answers.size,
    end: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  });
}

interface Asked {
  readonly request: IncomingMessage;
  readonly content: string;
  readonly trid: string | undefined;
  readonly payments: Map<string, Payment>;
}

function answer({ request, content, trid, payments }: Asked): Kept {
  const path = request.url ?? "";
  if (trid === undefined) return { status: 401, body: { code: "not_signed_in" } };
  const settlement = /^\/api\/settlements\/(\d+)$/.exec(path)?.[1];
  if (settlement !== undefined) return { status: 200, body: settle(payments, settlement) };
  // Two pages of days: what they paid is owed no more, see `settle`.
  const statement = /^\/api\/settlements\/\d+\/files(?:\?before=(.*))?$/.exec(path);
  if (statement) return { status: 200, body: PAGES[statement[1] ?? ""] };
  const body = (content === "" ? {} : JSON.parse(content)) as Record<string, string>;
  if (path === "/api/authorisations") {
    if (body["token"]?.startsWith("0")) {
      return { status: 409, body: { code: "payment_declined", category: "conflicting" } };
    }
    const id = `payment-${payments.size + 1}`;
    const amount = BigInt(body["amount"] ?? "0");
    payments.set(id, { trid, amount, captured: 0n, refunded: 0n, state: "authorised" });
    return { status: 201, body: { payment: id, state: "authorised", amount: String(amount) } };
  }
  const [, id = "", verb] = /^\/api\/authorisations\/([^/]+)(?:\/(\w+))?$/.exec(path) ?? [];
  const payment = payments.get(id);
  if (payment?.trid !== trid) return { status: 404, body: { code: "payment_unknown" } };
  return act({ id, payment, verb, body });
}

function act(on: {
  readonly id: string;
  readonly payment: Payment;
  readonly verb: string | undefined;
  readonly body: Record<string, unknown>;
}): Kept {
  const { id, payment, verb, body } = on;
  const amount = BigInt((body["amount"] as string | undefined) ?? "0");
  if (verb === "captures") {
    if (payment.state === "voided") return { status: 409, body: { code: "payment_voided" } };
    payment.captured += amount;
    const whole = body["final"] === true || payment.captured === payment.amount;
    payment.state = whole ? "captured" : "part_captured";
  } else if (verb === "void") payment.state = "voided";
  else if (verb === "refunds") {
    if (payment.refunded + amount > payment.captured) {
      return { status: 409, body: { code: "refund_above_captured" } };
    }
    payment.refunded += amount;
  }
  const { state, captured, refunded } = payment;
  const standing = { payment: id, state, captured: `${captured}`, refunded: `${refunded}` };
  return { status: 200, body: standing };
}

const PAGES: Readonly<Record<string, object>> = {
  "": { days: [{ paid: "30" }, { paid: "0" }], next: "2026-11-23" },
  "2026-11-23": { days: [{ paid: "12" }], next: null },
};
/** What the statement says in all. */
const PAID = 42n;

function settle(payments: ReadonlyMap<string, Payment>, trid: string) {
  let [owed, held] = [-PAID, 0n];
  for (const one of payments.values()) {
    if (one.trid !== trid) continue;
    owed += one.captured - one.refunded;
    if (/authorised|part_captured/.test(one.state)) held += one.amount - one.captured;
  }
  return { trid, owed: `${owed}`, held: `${held}` };
}

async function bodyText(request: IncomingMessage): Promise<string> {
  let text = "";
  for await (const chunk of request) text += String(chunk);
  return text;
}

function send(response: ServerResponse, { status, body }: Kept): void {
  response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body));
}
