/**
 * The sandbox's one door: pilots as promises. Commands and migrations are constants, since the guard
 * and the store are built from them; the rest is joined to its ports by `sandboxModule`.
 */
import { machineNow } from "@sandbank/kernel/clock";
import type { Command, DueSource, Guard } from "@sandbank/kernel/guard";
import type { Route } from "@sandbank/kernel/http";
import type { Task } from "@sandbank/kernel/jobs";
import type { Migrations, RoleDeclaration } from "@sandbank/kernel/store";
import { readLetter } from "./inbox/read.ts";
import { endRequestKey, enrolRequestKey } from "./request-key/request-key.ts";
import { requestKeyRoutes } from "./counter/request-key.routes.ts";
import { requestKeysOf, type StandingKey } from "./request-key/standing.ts";
import { closeContact, openContact } from "./contact/contact.ts";
import { contactRoutes } from "./letterbox/contact.routes.ts";
import { askContactCode, proveContact } from "./contact/proof.ts";
import { dispatchLetter, settleCode, settleDispatch } from "./dispatch/settle.ts";
import { sendCode } from "./dispatch/code.jobs.ts";
import { postLetter, sendLetter } from "./dispatch/dispatch.jobs.ts";
import { letterboxRoutes } from "./letterbox/letterbox.routes.ts";
import { incidentSteps, openIncident } from "./response/record.ts";
import type { PublicIncident } from "./incident/incident.contract.ts";
import { incidentRoutes, publicIncidents } from "./response/response.routes.ts";
import { dueComplaints } from "./desk/desk.jobs.ts";
import { deskRoutes } from "./desk/desk.routes.ts";
import { ownComplaintRoutes } from "./desk/own.routes.ts";
import { type Complaints, openComplaints } from "./desk/complaints.ts";
import { complaintCommands } from "./complaint/commands.ts";
import { compensationCommands } from "./compensation/commands.ts";
import { openPools, type Pools } from "./pool/pool.ts";
import { poolRoutes } from "./pool/pool.routes.ts";
import { applicationRoutes } from "./counter/application.routes.ts";
import { type Hearings, openHearings } from "./counter/hearings.ts";
import { commentRoutes } from "./counter/comment.routes.ts";
import { paperRoutes } from "./counter/paper.routes.ts";
import { recordRoutes } from "./register/record.routes.ts";
import { APPLICATION_COMMANDS } from "./procedure/commands.ts";
import { archivePilot } from "./leaving/archiving.ts";
import { exitCommands } from "./leaving/commands.ts";
import { exitRoutes } from "./leaving/leaving.routes.ts";
import { duePeriods } from "./leaving/periods.jobs.ts";
import { type Exits, openExits } from "./leaving/report.ts";
import { evaluationCommands } from "./graduating/commands.ts";
import { evaluationRoutes } from "./graduating/graduating.routes.ts";
import { dueGraduations } from "./graduating/graduations.jobs.ts";
import { type Evaluations, openEvaluations } from "./graduating/record.ts";
import { watchCommands } from "./watching/commands.ts";
import { openWatches, type Watches } from "./watching/record.ts";
import { openSilences } from "./watching/silence.ts";
import { dueWatches } from "./watching/watches.jobs.ts";
import { watchRoutes } from "./watching/watching.routes.ts";
import { regimeRoutes } from "./comparing/comparing.routes.ts";
import { recordDeclaration } from "./procedure/record.ts";
import { dueConsultations } from "./consultation/closing.ts";
import { directiveRoutes } from "./order/order.routes.ts";
import { restrict } from "./order/restrict.ts";
import { lift, resume } from "./order/resume.ts";
import { suspend } from "./order/suspend.ts";
import { journalRoutes } from "./journal/journal.routes.ts";
import { armBehind } from "./procedure/arm.ts";
import { openGates } from "./procedure/gates.ts";
import { type Loaded, type LoadOptions, loadShipped } from "./procedure/load.ts";
import { pilotRoutes } from "./register/register.routes.ts";
import { openRegister, type Register } from "./register/register.ts";
import { start } from "./procedure/start.ts";
import { acknowledgePolicy } from "./delivery/acknowledge.ts";
import { applyPolicy, carryOutstanding } from "./delivery/delivery.jobs.ts";
import { recordConsent } from "./consent/consent.ts";
import { statementRoutes } from "./permit/statement.routes.ts";
import { finishCommands } from "./permit/finish.ts";
import { permitRoutes } from "./permit/permit.routes.ts";
import { reserveCommands } from "./permit/reserve.ts";
import { beat } from "./heartbeat/heartbeat.ts";
import { heartbeatRoutes } from "./heartbeat/heartbeat.routes.ts";
import { trip } from "./trigger/trip.ts";
import { type WatchLog, watchRounds, type WatchRounds } from "./trigger/rounds.ts";
import { openWatch, type Watch } from "./trigger/watch.ts";
import type { ArmingGates, EndingPorts, SandboxPorts } from "./ports.ts";
import { sandboxMigrations, sandboxRole } from "./store.ts";
import { type Board, openBoard } from "./sight/board.ts";
import { openSides } from "./sight/sides.ts";
import { sightRoutes } from "./sight/sight.routes.ts";
import { taskRoutes } from "./task/task.routes.ts";

export type * from "./ports.ts";
export { ARMING_GATES, SANDBOX_PARTITION } from "./ports.ts";
export { type Complaints, PUBLIC_DESK } from "./desk/complaints.ts";
export type { Register } from "./register/register.ts";
export type { Loaded } from "./procedure/load.ts";
export { usccChecks, leiChecks } from "./declaration/identifier.ts";
export { compile, type Sources, type Tightening } from "./policy/policy.ts";
export { rehearse } from "./policy/rehearsal.ts";
export { regimeAnswers } from "./regime/regime.ts";
export { followerRole, sandboxMigrations, sandboxRole } from "./store.ts";
export { type Follower, openFollower } from "./indicator/follow.ts";
export { type AnsweredSoFar, requestCounter, startProber } from "./probe/probe.ts";
export { followRounds } from "./indicator/rounds.ts";
export { ARCHIVE_STOPS, type ArchiveStop } from "./archive/write.ts";

/** Gates that stand open, for tests of what comes after them; a server joins its own. */
const NO_GATES: ArmingGates = { unmet: async () => [] };

/**
 * Every command of the sandbox, for the guard. All of them act in SANDBOX_PARTITION but those of
 * permits, which act in the partition of their pilot.
 */
export const sandboxCommands: readonly Command[] = [
  recordDeclaration,
  ...APPLICATION_COMMANDS,
  armBehind(NO_GATES),
  start,
  suspend,
  restrict,
  resume,
  lift,
  acknowledgePolicy,
  ...reserveCommands,
  ...finishCommands,
  recordConsent,
  enrolRequestKey,
  endRequestKey,
  beat,
  trip,
  openIncident,
  ...incidentSteps,
  readLetter,
  ...[openContact, askContactCode, proveContact, closeContact],
  ...[dispatchLetter, settleDispatch, settleCode],
  ...complaintCommands,
  ...compensationCommands,
];

/** The same commands, with a pilot made ready only behind these gates. */
export function sandboxCommandsBehind(gates: ArmingGates): readonly Command[] {
  return sandboxCommands.map((one) => (one.name === "sandbox.arm" ? armBehind(gates) : one));
}

/** The commands of the end of a pilot, which read what others have: made before the guard starts. */
export function endingCommands(ports: EndingPorts): readonly Command[] {
  return [...evaluationCommands(ports), ...watchCommands(ports), ...exitCommands(ports)];
}

/** The module joined to the rest of the system. */
export interface SandboxModule {
  readonly name: "sandbox";
  readonly commands: readonly Command[];
  readonly migrations: Migrations;
  readonly role: RoleDeclaration;
  readonly routes: readonly Route[];
  readonly tasks: readonly Task[];
  /** Readers for the disclosure site: the same engine as the public routes. */
  readonly register: Register;
  /** Declarations, consultations and history for the public site: the same engine as the routes. */
  readonly hearings: Hearings;
  /** Complaints for the public site: the same engine as the routes. */
  readonly complaints: Complaints;
  /** How pools stand against what is required: the gate on OPEN and on arming, and for pages. */
  readonly pools: Pools;
  /** What has to stand before a pilot is armed, for the commands that the guard is started with. */
  readonly gates: ArmingGates;
  /** How pilots leave, for the public site: the same engine as the routes. */
  readonly exits: Exits;
  /** How pilots are evaluated and graduate, for the public site: the same engine as the routes. */
  readonly evaluations: Evaluations;
  /** How graduated pilots are watched, for the public site: the same engine as the routes. */
  readonly watches: Watches;
  /** What falls due by business time, for whoever turns or follows the clock. */
  readonly dues: readonly DueSource[];
  /** Indicators, for pages and for whoever acts on one. */
  readonly board: Board;
  /** The keys with which an organisation's programs sign their requests, as they stand. */
  requestKeys(organisation: string): Promise<readonly StandingKey[]>;
  /** Incidents that are public, for pages; undefined for an unknown pilot. */
  incidents(pilot: string): Promise<PublicIncident[] | undefined>;
  /** Loads what ships; idempotent. `demoPartitions` and `without` only in the demonstration. */
  load(options?: Pick<LoadOptions, "demoPartitions" | "without">): Promise<Loaded>;
  /**
   * Carries every policy that some partition does not obey yet; call it at start and now and then.
   * Answers with the pilots that are still behind.
   */
  carryOutstanding(): Promise<string[]>;
  /** Begins to watch, and trips the triggers of the terms. Silence counts from now on. */
  watch(log: WatchLog): WatchRounds;
}

export function sandboxModule(ports: SandboxPorts): SandboxModule {
  const register = openRegister(ports);
  const complaints = openComplaints(ports);
  const pools = openPools(ports);
  const board = openBoard({
    ...{ store: ports.store, register, acts: ports.acts },
    sides: openSides(ports.store, pools),
  });
  const ending = {
    ...{ exits: openExits(ports), watches: openWatches(ports.store) },
    evaluations: openEvaluations({ store: ports.store, measures: board }),
  };
  return {
    name: "sandbox",
    commands: sandboxCommands,
    migrations: sandboxMigrations,
    role: sandboxRole,
    routes: [
      ...pilotRoutes(register),
      ...[...recordRoutes(ports.store), ...regimeRoutes(ports.store)],
      ...applicationRoutes(ports.store, ports.guard),
      ...commentRoutes(ports.store, ports.guard),
      ...paperRoutes(ports.store, ports.guard),
      ...directiveRoutes(ports.guard),
      ...taskRoutes(ports.tasks),
      ...journalRoutes(ports.store, ports.journal),
      ...[...permitRoutes(ports), ...requestKeyRoutes(ports.store, ports.guard)],
      ...statementRoutes(ports),
      ...heartbeatRoutes(ports),
      ...incidentRoutes(ports.store, ports.guard),
      ...deskRoutes(ports, complaints),
      ...ownComplaintRoutes(ports, complaints),
      ...poolRoutes(ports, pools),
      ...sightRoutes(board),
      ...[...letterboxRoutes(ports.store, ports.guard), ...contactRoutes(ports)],
      ...endingRoutes(ports.guard, ending),
    ],
    tasks: tasksOf(ports),
    ...{ register, board },
    requestKeys: (organisation) => requestKeysOf(ports.store, organisation),
    incidents: (pilot) => publicIncidents(ports.store, pilot),
    complaints,
    hearings: openHearings(ports.store, ports.guard),
    pools,
    gates: openGates({ store: ports.store, pools }),
    ...ending,
    dues: [
      ...[dueComplaints(ports), dueConsultations(ports.store, ports.guard)],
      ...[duePeriods(ports), dueGraduations(ports)],
      dueWatches({ store: ports.store, guard: ports.guard, measures: board }),
    ],
    load: (options = {}) =>
      loadShipped({
        ...{ store: ports.store, guard: ports.guard, ...options },
        beforeArming: (pilot) => pools.loadDemo([pilot]),
      }),
    carryOutstanding: () => carryOutstanding(ports),
    watch: (log) => watchRounds(listening({ ...ports, pools }), log),
  };
}

function tasksOf(ports: SandboxPorts): Task[] {
  const post = [postLetter(ports), sendLetter(ports), sendCode(ports)];
  return [applyPolicy(ports), archivePilot(ports), ...post];
}

/** How a pilot's test ends, and what follows: evaluation, watch period, exit. */
function endingRoutes(
  guard: Guard,
  { exits, evaluations, watches }: Pick<SandboxModule, "exits" | "evaluations" | "watches">,
): Route[] {
  return [
    ...exitRoutes(guard, exits),
    ...evaluationRoutes(guard, evaluations),
    ...watchRoutes(guard, watches),
  ];
}

/** Looks at pilots under test for their triggers, and at graduated ones for silence. */
function listening(ports: Parameters<typeof openWatch>[0]): Watch {
  const up = machineNow();
  const [watch, silences] = [openWatch(ports, up), openSilences(ports, up)];
  return { round: async () => [...(await watch.round()), ...(await silences.round())] };
}
