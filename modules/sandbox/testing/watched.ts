/** The token pilot graduated on 10 September 2060 and watched from then on, for tests. */
import assert from "node:assert/strict";
import { fromIso } from "@sandbank/kernel/clock";
import type { Principal } from "@sandbank/kernel/identity";
import { codeAskerOf } from "@sandbank/kernel/http/testing";
import type { Admission } from "../admission/admission.contract.ts";
import * as contract from "../contract.ts";
import { openFollower } from "../indicator/follow.ts";
import { APPROVER, OFFICER, PILOT, SENIOR_XU, SERVED } from "./bed.ts";
import { codeOf, type EvaluatedBed, evaluatedBed, text } from "./evaluated.ts";

export const WATCH = "/api/pilots/{slug}/watch-period";
const RULING = `POST ${WATCH}/ruling`;

export interface WatchedBed extends EvaluatedBed {
  /** Counts every act there is, as the follower of a server does. */
  follow(): Promise<void>;
  turnTo(beijing: string): Promise<void>;
  watch(): Promise<contract.WatchAnswer>;
  /** Proposes a ruling through its route: the task, or the code of the refusal. */
  propose(body: object, principal?: Principal): Promise<string>;
  approve(task: string, principal?: Principal): Promise<string>;
  /** Proposed by the officer, approved by another person. */
  rule(body: object): Promise<string>;
  lettersOf(principal: Principal): Promise<readonly string[]>;
}

export async function watchedBed(terms?: Partial<Admission>): Promise<WatchedBed> {
  const on = await evaluatedBed(terms);
  const routes = codeAskerOf(on.bed.sandbox.routes, { principal: OFFICER });
  const follow = () => openFollower(on.bed.database.as("sandbank_follower")).catchUp(SERVED[0]);
  const turnTo = async (beijing: string) => {
    await on.bed.turn(fromIso(`${beijing}+08:00`));
    await on.bed.jobs.drain();
  };
  const propose: WatchedBed["propose"] = async (body, principal = OFFICER) => {
    const answer: unknown = await routes(RULING, { params: { slug: PILOT }, body, principal });
    if (typeof answer === "string") return answer;
    const outcome = contract.outcomeContract.parse(answer);
    return outcome.outcome === "parked" ? outcome.task : outcome.outcome;
  };
  const approve: WatchedBed["approve"] = async (task, principal = APPROVER) => {
    const outcome = await on.bed.act("guard.approve_task", { task }, { principal });
    await on.bed.jobs.drain();
    return codeOf(outcome);
  };
  await turnTo("2060-09-01T10:00:00");
  assert.equal(await on.ask("request_end", {}, SENIOR_XU), "accepted");
  await on.bed.jobs.drain();
  await on.toConfirm();
  const pass = { result: "pass", reason: text };
  assert.equal(await on.byTwo("confirm_evaluation", pass), "accepted");
  assert.equal(await on.byTwo("graduate", { from: "2060-09-10" }), "accepted");
  assert.equal(await on.read(WATCH), "watch_unknown", "nobody is watched before the day");
  await turnTo("2060-09-10T00:00:00");
  await follow();
  return {
    ...{ ...on, follow, turnTo, propose, approve },
    watch: async () => contract.watchContract.parse(await on.read(WATCH)),
    async rule(body) {
      const task = await propose(body);
      return task.includes("-") ? approve(task) : task;
    },
    async lettersOf(principal) {
      const { letters } = contract.inboxContract.parse(await on.read("/api/inbox", principal));
      return letters.map(({ kind }) => kind).filter((kind) => kind.startsWith("watch_"));
    },
  };
}
