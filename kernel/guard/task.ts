/**
 * Four eyes. The first call of such a command parks a task; approving it is a command of another
 * person, which loads and decides anew and refuses if what was shown to the proposer has changed.
 *
 *   open ── approve (another person, in time, unchanged) ──▶ approved: the command acts
 *     └──── reject (another person), erase ───────────────▶ rejected
 *
 * Expiry is not kept: it follows from the instant, and leaves nothing to do but to erase. The database
 * refuses to begin a task decided, to decide one twice, and to approve one without a name.
 */
import { z } from "zod";
import { type Instant, toIso } from "../clock/index.ts";
import { limits } from "../config/index.ts";
import type { Principal, Role } from "../identity/index.ts";
import type { Tx } from "../store/index.ts";
import { isRefusal } from "../words/index.ts";
import { type Change, change, type Command, type CommandClass } from "./command.ts";
import type { Loading } from "./command.ts";
import { refuse } from "./guard.refusals.ts";
import type { Admitted } from "./admitted.ts";
import { addTask, decideTask, findTaskIn, type TaskRow } from "./task.store.ts";

/** Where a task stands; all but `expired` are kept. */
export const TASK_STANDINGS = ["open", "expired", "approved", "rejected"] as const;
export type TaskStanding = (typeof TASK_STANDINGS)[number];
/** `erase`: somebody whom it is about is erased, and its content with it (`guard.erase`). */
export const TASK_EVENTS = ["approve", "reject", "erase"] as const;
type TaskEvent = (typeof TASK_EVENTS)[number];
type Cell = { readonly to: TaskStanding } | { readonly refusal: "task_decided" | "task_expired" };

const decided = { refusal: "task_decided" } as const;
const late = { refusal: "task_expired" } as const;

/** The whole life of a task. */
export const TASK_TABLE: Readonly<Record<TaskStanding, Readonly<Record<TaskEvent, Cell>>>> = {
  open: { approve: { to: "approved" }, reject: { to: "rejected" }, erase: { to: "rejected" } },
  expired: { approve: late, reject: late, erase: { to: "rejected" } },
  approved: { approve: decided, reject: decided, erase: { to: "approved" } },
  rejected: { approve: decided, reject: decided, erase: { to: "rejected" } },
};

export function standingOfTask(task: Pick<TaskRow, "state" | "expires">, now: Instant) {
  return task.state === "open" && task.expires <= now ? "expired" : task.state;
}

/** What approving loads: the task, the command it is for, and that command's state now. */
export interface Approval {
  readonly approval: true;
  readonly task: TaskRow | undefined;
  readonly inner: Command;
  readonly innerState: unknown;
  /** Approving is of the class of what is approved; rejecting lives as long as SERVICE does. */
  readonly cls: CommandClass;
}

export function isApproval(state: unknown): state is Approval {
  return typeof state === "object" && state !== null && "approval" in state;
}

/** The change that parks a decision which is good as things stand now. */
export function park(admitted: Admitted, state: unknown, now: Instant): Change {
  const { call, command } = admitted;
  return change(addTask, {
    id: admitted.act,
    command: command.name,
    content: JSON.stringify(admitted.content),
    facts: JSON.stringify(admitted.facts ?? null),
    shown: command.shown?.(state) ?? "",
    proposer: JSON.stringify(call.principal),
    proposed_by: call.principal.id,
    at: toIso(now),
    expires: toIso((now + limits.taskLifetimeMs) as Instant),
  });
}

const contract = z.strictObject({ task: z.uuid(), reason: z.string().max(500).optional() });
type Content = z.infer<typeof contract>;

const nothing: Command = {
  name: "guard.nothing",
  class: "SERVICE",
  contract: z.strictObject({}),
  may: [],
  keys: () => ({ reads: [], writes: [] }),
  load: async (_tx, _partition, questions) => questions.map(() => null),
  decide: () => refuse("task_absent"),
};

/** What approving asks outside the lock: the task as it stands, and what its proposer is by now. */
export interface TaskDesk {
  find(partition: number, task: string): Promise<TaskRow | undefined>;
  /** Present roles of a principal; none for one that is gone. Absent: as they were at proposal. */
  readonly roles?: ((principal: Principal) => Promise<readonly Role[]>) | undefined;
}

/** The proposer of a task with the roles that the proposer has now; null where nobody was asked. */
type Present = { readonly proposer: string; readonly roles: readonly Role[] } | null;

/** `guard.approve_task`: acts for the proposer, if it may still be done. */
export function approveTask(
  commands: ReadonlyMap<string, Command>,
  desk: TaskDesk,
): Command<Content, Approval, Present> {
  const approvers = [...commands.values()].flatMap((command) => command.fourEyes?.approvers ?? []);
  return {
    name: "guard.approve_task",
    class: "SERVICE",
    barrier: true,
    contract,
    may: [...new Set(approvers)],
    keys: () => ({ reads: [], writes: [] }),
    prepare: ({ task }, _principal, partition) => presentOf(desk, partition, task),
    load: (tx, partition, questions) =>
      Promise.all(questions.map((question) => loadApproval(commands, tx, { partition, question }))),
    subject: ({ task, inner, innerState }) =>
      task?.state === "open" ? inner.subject?.(innerState, JSON.parse(task.content)) : undefined,
    decide({ state, command, facts, principal, now, partition }) {
      const { task, inner, innerState } = state;
      const no = refusedBefore(state, "approve", { principal, now });
      if (no || !task) return no ?? refuse("task_absent");
      const proposer = proposerOf(task, facts);
      if (!inner.may.some((role) => proposer.roles.includes(role))) {
        return refuse("proposer_lost_role");
      }
      if ((inner.shown?.(innerState) ?? "") !== task.shown) return refuse("task_out_of_date");
      const decided = inner.decide({
        state: innerState,
        command: JSON.parse(task.content),
        facts: JSON.parse(task.facts),
        principal: proposer,
        approver: principal,
        now,
        id: task.id,
        partition,
      });
      if (isRefusal(decided) || "onRefusal" in decided) return decided;
      const done = decision(task.id, "approved", { principal, now, reason: command.reason });
      return { ...decided, changes: [done, ...decided.changes] };
    },
  };
}

/** Asks what the proposer of an open task is by now. */
async function presentOf(desk: TaskDesk, partition: number, id: string): Promise<Present> {
  const task = desk.roles && (await desk.find(partition, id));
  if (!desk.roles || task?.state !== "open") return null;
  const proposer = JSON.parse(task.proposer) as Principal;
  return { proposer: proposer.id, roles: await desk.roles(proposer) };
}

/** Who proposed, as the proposer is now; a role gained since counts as little as one that was lost. */
function proposerOf(task: TaskRow, present: Present): Principal {
  const then = JSON.parse(task.proposer) as Principal;
  if (present?.proposer !== then.id) return then;
  return { ...then, roles: then.roles.filter((role) => present.roles.includes(role)) };
}

/** `guard.reject_task`: ends a task without acting. */
export function rejectTask(
  commands: ReadonlyMap<string, Command>,
  desk: TaskDesk,
): Command<Content, Approval, Present> {
  const approve = approveTask(commands, { find: desk.find });
  return {
    ...approve,
    name: "guard.reject_task",
    async load(...asked) {
      const states = await approve.load(...asked);
      return states.map((state) => ({ ...state, cls: "SERVICE" }));
    },
    decide({ state, command, principal, now }) {
      const no = refusedBefore(state, "reject", { principal, now });
      if (no || !state.task) return no ?? refuse("task_absent");
      const done = decision(state.task.id, "rejected", { principal, now, reason: command.reason });
      return { entries: [], changes: [done], answer: { task: state.task.id, state: "rejected" } };
    },
  };
}

async function loadApproval(
  commands: ReadonlyMap<string, Command>,
  tx: Tx,
  of: { readonly partition: number; readonly question: Loading<Content, unknown> },
): Promise<Approval> {
  const { partition, question } = of;
  const task = await findTaskIn(tx, partition, question.command.task);
  const inner = (task && commands.get(task.command)) ?? nothing;
  const cls = inner.class;
  // What has been decided is not decided again, and its content may have been erased.
  if (task?.state !== "open") return { approval: true, task, inner, innerState: null, cls };
  const asked = {
    command: JSON.parse(task.content),
    facts: JSON.parse(task.facts),
    principal: JSON.parse(task.proposer) as Principal,
    id: task.id,
    partition,
  };
  const [innerState] = await inner.load(tx, partition, [asked]);
  return { approval: true, task, inner, innerState, cls };
}

function refusedBefore(
  { task, inner }: Approval,
  event: "approve" | "reject",
  { principal, now }: { readonly principal: Principal; readonly now: Instant },
) {
  if (!task) return refuse("task_absent");
  if (task.proposed_by === principal.id) return refuse("task_own_proposal");
  if (!inner.fourEyes?.approvers.some((role) => principal.roles.includes(role))) {
    return refuse("role_may_not");
  }
  const next = TASK_TABLE[standingOfTask(task, now)][event];
  return "refusal" in next ? refuse(next.refusal) : undefined;
}

function decision(
  id: string,
  state: "approved" | "rejected",
  by: { readonly principal: Principal; readonly now: Instant; readonly reason: string | undefined },
): Change {
  const { principal, now, reason } = by;
  const row = { id, state, decided_by: principal.id, at: toIso(now), reason: reason ?? "" };
  return change(decideTask, row);
}
