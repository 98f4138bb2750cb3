/** Two ways to stop payments, and to let them go on: a supervisor's order, and a holder's wish. */
import { setTimeout as pause } from "node:timers/promises";
import { bodyOf, type Demonstration } from "./demonstration.ts";
import type { Payer } from "./payers.ts";

const PILOT = "payment-tokens";
const TRIES_MAX = 400;

export interface Switch {
  /** What a payment hears that comes too late. */
  readonly code: string;
  /** Does what goes before, and answers with the act that suspends. */
  propose(): Promise<() => Promise<unknown>>;
  /** Lets payments go on; they do once this is answered. */
  lift(): Promise<void>;
}

const said = (zh: string, en: string) => ({ zh, en });

/** Of the whole pilot: one of the supervisor proposes an order, another approves it. */
export function pilotSwitch(front: Demonstration): Switch {
  const officer = front.client("supervisor", "officer");
  const approver = front.client("supervisor", "approver");
  let orders = 0;
  const propose = async (order: object) => {
    const key = `bench-order-${orders++}`;
    const asked = await officer.post(`/api/pilots/${PILOT}/directives`, key, order);
    const { task } = bodyOf<{ task: string }>(asked, "proposing an order");
    const path = `/api/tasks/${task}/approve`;
    return async () => bodyOf(await approver.post(path, `${key}-approved`, {}), "approving it");
  };
  const isOpen = async () => {
    const heard = await officer.get(`/api/pilots/${PILOT}`);
    const { policy } = bodyOf<{
      policy: { effective: boolean; classes: { USE: boolean } } | null;
    }>(heard, "reading the pilot");
    return policy?.effective === true && policy.classes.USE;
  };
  return {
    code: "class_closed",
    propose: () => propose(SUSPENSION),
    async lift() {
      await (
        await propose(RESUMPTION)
      )();
      for (let tried = 0; tried < TRIES_MAX; tried++) {
        if (await isOpen()) return;
        await pause(25);
      }
      throw new Error("the pilot was not resumed");
    },
  };
}

const SUSPENSION = {
  ...{ kind: "suspension", classes: ["USE"] },
  reason: said("测量", "A measurement"),
  notice: said("暂停新支付，已授权的照常办结。", "No new payments; what exists is finished."),
  liftedWhen: said("测量结束", "The measurement is over"),
};
const RESUMPTION = {
  kind: "resumption",
  reason: said("测量结束", "The measurement is over"),
  notice: said("恢复新支付。", "New payments are possible again."),
};

/** Of one token, by whom it belongs to. */
export function tokenSwitch(front: Demonstration, { holder, token }: Payer): Switch {
  const customers = front.client("sandbar-bank", "customers");
  const body = { cause: "holder", holder };
  let acts = 0;
  const act = async (verb: "suspend" | "resume") => {
    const heard = await customers.post(`/api/tokens/${token}/${verb}`, `bench-nap-${acts++}`, body);
    bodyOf(heard, verb);
  };
  return {
    code: "payment_declined",
    propose: async () => () => act("suspend"),
    lift: () => act("resume"),
  };
}
