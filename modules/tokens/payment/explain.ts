/**
 * Would a payment pass, and if not, which control stands against it, by which version, and what is
 * left? It asks everything that an authorisation asks of the token, its scene, its controls, its
 * windows and the card, in the same words, and takes nothing. The pilot's own limits are the
 * supervisor's and are not asked: a payment that passes here may still be refused by one of them.
 */
import { type Instant, toIso } from "@sandbank/kernel/clock";
import type { Failed } from "@sandbank/kernel/words";
import { cardAccount } from "../account/account.ts";
import { confirmationOf, confirmationsIn } from "../confirmation/confirmation.store.ts";
import type { Explained, TriedPayment, WindowAnswer } from "../contract.ts";
import { type Control, holidaysUnknown } from "../control/control.ts";
import type { BookLine, TokensPorts } from "../ports.ts";
import type { Scene } from "../scene/scene.ts";
import { scenesIn } from "../scene/scene.store.ts";
import type { Token } from "../token/token.ts";
import { failedShown } from "./decline.ts";
import { objections } from "./objection.ts";
import { type Window, windowsAt } from "./windows.ts";

type Ports = Pick<TokensPorts, "store" | "books">;

/** A token with the partition it lives in. */
export interface Placed {
  readonly token: Token;
  readonly partition: number;
}

/** A window with what is used and held in it. */
interface UsedWindow extends Window {
  readonly used: bigint;
}

/** Debits less credits, holds counted: what an account has taken. */
function usedOf(line: BookLine | undefined): bigint {
  return line ? line.debits + line.pendingDebits - line.credits : 0n;
}

async function readWindows(
  { books }: Ports,
  partition: number,
  windows: readonly Window[],
): Promise<UsedWindow[]> {
  const lines = await Promise.all(windows.map(({ key }) => books.read(partition, key)));
  return windows.map((window, at) => ({ ...window, used: usedOf(lines[at]) }));
}

function shownWindow(window: UsedWindow): WindowAnswer {
  const { rule: limit, scene = null, measure, name: period, cap, used, clause } = window;
  const left = used < cap ? cap - used : 0n;
  const unit = measure === "amount" ? "fen" : "count";
  const figures = { cap: `${cap}`, used: `${used}`, left: `${left}` };
  return { limit, scene, unit, period, ...figures, clause };
}

/** What is used and left of every window of a token now: its own, then those of its scenes. */
export async function windowsOf(
  ports: Ports,
  { token, partition }: { readonly token: Shown; readonly partition: number },
  now: Instant,
): Promise<WindowAnswer[]> {
  const { id, control } = token;
  const own = windowsAt(control, { token: id, now });
  const within = token.scenes.flatMap((scene) =>
    windowsAt(control, { token: id, scene, now }).filter((one) => one.scene !== undefined),
  );
  return (await readWindows(ports, partition, [...own, ...within])).map(shownWindow);
}

interface Shown {
  readonly id: string;
  readonly scenes: readonly string[];
  readonly control: Control;
}

/** Judges a payment as an authorisation of its scene's requestor would at that instant. */
export async function explain(
  ports: Ports,
  { token, partition }: Placed,
  asked: { readonly payment: TriedPayment; readonly now: Instant },
): Promise<Explained> {
  const { payment, now } = asked;
  const { holder: _, at: __, cryptogram, ...command } = payment;
  const presented = cryptogram === true ? "before" : "none";
  const { scene, confirmation } = await findBeside(ports, { token, partition }, payment);
  const windows = windowsAt(token.control, { token: token.id, scene: payment.scene, now });
  const [used, card] = await Promise.all([
    readWindows(ports, partition, windows),
    ports.books.read(partition, cardAccount(token.card).key),
  ]);
  const asking = { command, principal: requestorOf(scene), presented, now } as const;
  const failed: Failed[] = [
    ...objections({ token, scene, confirmation, made: undefined }, asking),
    ...broken(used, BigInt(payment.amount)),
  ];
  const taken = usedOf(card);
  if (taken + BigInt(payment.amount) > 0n) {
    const figures = { used: taken, cap: 0n, asked: BigInt(payment.amount) };
    failed.push({ code: "funds_insufficient", unit: "fen", ...figures });
  }
  return {
    passes: failed.length === 0,
    version: token.control.version,
    at: toIso(now),
    failed: failed.map(failedShown),
    windows: used.map(shownWindow),
    funds: `${taken < 0n ? -taken : 0n}`,
    holidaysUnknown: holidaysUnknown(token.control, now),
  };
}

async function findBeside(
  { store }: Ports,
  { token, partition }: Placed,
  { scene, merchant }: TriedPayment,
) {
  return store.transaction(async (tx) => {
    const [scenes, confirmations] = await Promise.all([
      scenesIn(tx, partition, [scene]),
      confirmationsIn(tx, partition, [token.id]),
    ]);
    const confirmation = confirmations.get(confirmationOf(token.id, merchant));
    return { scene: scenes.get(scene), confirmation };
  });
}

/** Whoever may ask for payments in the scene: the question is not who asks. */
function requestorOf(scene: Scene | undefined) {
  const organisation = scene?.organisation ?? "";
  return { kind: "key", id: "", organisation, roles: ["requestor"] } as const;
}

function broken(windows: readonly UsedWindow[], amount: bigint): Failed[] {
  return windows.flatMap(({ measure, used, cap, code, rule: limit, clause }) => {
    const asked = measure === "amount" ? amount : 1n;
    if (used + asked <= cap) return [];
    const unit = measure === "amount" ? ("fen" as const) : ("count" as const);
    return [{ code, limit, unit, clause, used, cap, asked }];
  });
}
