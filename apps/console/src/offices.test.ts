/**
 * What the console offers, held against the commands of the server: every act by every role, of the
 * organisation that it concerns and of another. An offer that would be refused fails here, and so
 * does an act that somebody may take and finds no button for.
 */
import assert from "node:assert/strict";
import { test } from "node:test";
import { ROLES } from "@sandbank/kernel/identity";
import { endingCommands, sandboxCommands } from "@sandbank/sandbox";
import { COMPLAINT_STATES, stateContract } from "@sandbank/sandbox/contract";
import { tokensCommands } from "@sandbank/tokens";
import { requestorStateContract, sceneStateContract } from "@sandbank/tokens/contract";
import { mayRevise, stepsOpen } from "./application/steps.ts";
import { claimActsOpen, mayFund } from "./compensation/acts.ts";
import { type Act as ComplaintAct, actsOpen as complaintActs } from "./complaint/acts.ts";
import { actsOpen as evaluationActs } from "./evaluation/acts.ts";
import { isOpen as isExitOpen } from "./exit/acts.ts";
import { rightsOf } from "./hearing/hearing.ts";
import { stepsOpen as incidentSteps } from "./incident/acts.ts";
import { type Command, COMMANDS, mayApprove, mayTake } from "./offices.ts";
import { ordersOpen } from "./pilot/orders.ts";
import { mayRegister, type RequestorAct, requestorActsOpen } from "./requestor/acts.ts";
import { type EndingAct, endingActsOf } from "./ending/acts.ts";
import { mayServe } from "./service/acts.ts";
import { mayRegisterScene, type SceneAct, sceneActsOpen } from "./scene/acts.ts";
import type { Who } from "./setting.ts";

/** They are only asked what they are called and whose they are; nothing is read through a port. */
const UNREAD = {} as Parameters<typeof endingCommands>[0];
const SERVER = new Map(
  [
    ...[...sandboxCommands, ...endingCommands(UNREAD)],
    ...tokensCommands({} as Parameters<typeof tokensCommands>[0]),
  ].map((one) => [one.name, one]),
);
/** Roles of people: keys and the system itself see no console. */
const ELSEWHERE: readonly string[] = ["permit_client", "requestor", "customer", "system"];
const PEOPLE = ROLES.filter((role) => !ELSEWHERE.includes(role));

function serverOf(command: string) {
  const found = SERVER.get(`sandbox.${command}`) ?? SERVER.get(`tokens.${command}`);
  assert.ok(found, `the server has no ${command}`);
  return found;
}

test("every act is the office of the roles that its command takes", () => {
  for (const command of COMMANDS) {
    const { may } = serverOf(command);
    assert.deepEqual(
      PEOPLE.filter((role) => mayTake({ roles: [role] }, command)),
      PEOPLE.filter((role) => may.includes(role)),
      command,
    );
  }
});

test("whoever the server takes for a second person is asked to decide, and nobody else", () => {
  const byTwo = [...SERVER.values()].filter(({ fourEyes }) => fourEyes !== undefined);
  assert.ok(byTwo.length > 10);
  for (const { name, fourEyes } of byTwo) {
    assert.deepEqual(
      PEOPLE.filter((role) => mayApprove({ roles: [role] }, name)),
      PEOPLE.filter((role) => fourEyes?.approvers.includes(role)),
      name,
    );
  }
});

const BANK = "harbour-bank";
const PERSON = "p";
const STATES = stateContract.options;

const person = (role: string, organisation: string): Who => ({
  ...{ person: PERSON, name: { zh: "某人", en: "Somebody" }, roles: [role], csrf: "" },
  organisation: { id: organisation, kind: "", name: { zh: "某", en: "Some" }, fictional: true },
});

/** Everybody there can be: of the supervisor, of the organisation in question, and of another. */
const EVERYBODY = PEOPLE.flatMap((role) =>
  (role.startsWith("supervisor_") ? ["supervisor"] : [BANK, "another"]).map((of) =>
    person(role, of),
  ),
);

const anyOf = <T>(situations: readonly T[], test: (situation: T) => boolean) =>
  situations.some((situation) => test(situation));

const APPLICATIONS = STATES.flatMap((state) =>
  [[], [{ id: "c", state: "requested", material: false }]].map((changes) => ({
    ...{ slug: "harbour-pay", organisation: BANK, state, stands: 1, latest: 2, changes },
    ...{ missing: [], versions: [{ version: 2, draftedBy: "another" }], rounds: [] },
  })),
);
const isStepOffered = (step: string) => (who: Who) =>
  anyOf(APPLICATIONS, (of) => stepsOpen(of as never, who).some((one) => one.step === step));

const EXIT_STATES = ["running", "drained", "confirmed", "completed"] as const;
const STEPS = (["operator", "compliance", "supervisor"] as const).map((by) => ({
  ...{ id: by, state: "open", by, items: { kind: "batch" } },
}));
const EXITS = [
  ...STATES.map((pilot) => ({ pilot, exit: undefined })),
  ...EXIT_STATES.map((state) => ({
    ...{ pilot: "exiting", exit: { state, steps: STEPS, archives: [] } },
  })),
].map((one) => ({ ...one, unfinished: new Set<string>(), runBy: [BANK] }));
const isExitOffered = (act: Parameters<typeof isExitOpen>[0]) => (who: Who) =>
  anyOf(EXITS, (of) => isExitOpen(act, of as never, who));

const FILES = ["self_test", "audit", "expert_review", "confirm", "passed", "failed"] as const;
const panel = [{ person: PERSON, state: "appointed", scored: false, organisation: "another" }];
const STANDS = STATES.flatMap((state) =>
  FILES.flatMap((file) =>
    [[], [{ state: "asked" }]].map((extensions) => ({
      pilot: { state, runBy: [BANK], reported: true },
      file: { state: file, panel, findings: { measurement: null } },
      ...{ extensions, counted: true, watch: { state: "questioned" } },
    })),
  ),
);
const isEvaluationOffered = (act: string) => (who: Who) =>
  anyOf(STANDS, (stand) => evaluationActs(stand as never, who).some((one) => one.act === act));

const INCIDENT = {
  organisation: BANK,
  next: ["detect", "classify", "mitigate", "resolve", "close", "reopen", "dismiss"],
};
const isIncidentOffered = (step: string) => (who: Who) =>
  incidentSteps(INCIDENT as never, who).some((one) => one === step);

const COMPLAINTS = COMPLAINT_STATES.flatMap((state) =>
  [null, PERSON].map((handler) => ({
    ...{ state, handler, institution: BANK, concerns: [], interests: [], days: 15 },
    ...{ outcome: "upheld", recheckOutcome: null },
  })),
);
const isComplaintOffered = (act: ComplaintAct) => (who: Who) =>
  anyOf(COMPLAINTS, (one) => complaintActs(one as never, who).includes(act));

const POOL = { runBy: [BANK] };
const isClaimOffered = (act: "admit" | "refuse" | "pay") => (who: Who) =>
  anyOf(["raised", "admitted", "refused", "paid"] as const, (state) =>
    claimActsOpen({ state, raisedBy: "another" }, POOL, who).includes(act),
  );

const DIRECTIVES = [{ kind: "suspension", status: "effective" }];
const isOrderOffered = (kind: string) => (who: Who) =>
  anyOf(STATES, (state) =>
    ordersOpen({ state, policy: {}, directives: DIRECTIVES } as never, who).some(
      (one) => one === kind,
    ),
  );

const isRequestorOffered = (act: RequestorAct) => (who: Who) =>
  anyOf(requestorStateContract.options, (state) =>
    requestorActsOpen({ state }, POOL, who).includes(act),
  );
const isSceneOffered = (act: SceneAct) => (who: Who) =>
  anyOf(sceneStateContract.options, (state) => sceneActsOpen({ state }, POOL, who).includes(act));

const isEndingOffered = (act: EndingAct) => (who: Who) => endingActsOf(POOL, who).includes(act);

/** Whose an act is: everybody's of its office, the organisation's in question, or never theirs. */
type Of = "anybody" | "theirs" | "others";
type Row = readonly [command: Command, whose: Of, isOffered: (who: Who) => boolean];

const steps = (whose: Of, ...names: Command[]): Row[] =>
  names.map((name) => [name, whose, isStepOffered(name)]);

const TABLE: readonly Row[] = [
  ["suspend", "anybody", isOrderOffered("suspension")],
  ["restrict", "anybody", isOrderOffered("restriction")],
  ["resume", "anybody", isOrderOffered("resumption")],
  ["lift", "anybody", isOrderOffered("lifting")],
  ...steps("theirs", "submit", "amend", "request_change", "withdraw", "withdraw_change"),
  ["revise", "theirs", (who) => anyOf(APPLICATIONS, (of) => mayRevise(of as never, who))],
  ...steps("anybody", "accept", "return", "publish", "refuse", "register", "arm", "start"),
  ...steps("anybody", "adopt_change", "refuse_change"),
  ["moderate", "anybody", (who) => rightsOf(BANK, who).mayModerate],
  ["erase_comment", "anybody", (who) => rightsOf(BANK, who).mayErase],
  ["answer", "theirs", (who) => rightsOf(BANK, who).mayAnswer],
  ["begin_exit", "anybody", isExitOffered("begin")],
  ["report_exit_item", "theirs", isExitOffered("list")],
  ["report_exit_item", "theirs", isExitOffered("end")],
  ["close_exit_step", "theirs", isExitOffered("close")],
  ["request_archive", "theirs", isExitOffered("archive")],
  ["confirm_exit", "theirs", isExitOffered("confirm")],
  ["complete_exit", "anybody", isExitOffered("completion")],
  ["send_back_exit", "anybody", isExitOffered("return")],
  ["request_end", "theirs", isEvaluationOffered("request_end")],
  ["submit_self_test", "theirs", isEvaluationOffered("self_test")],
  ["submit_audit", "others", isEvaluationOffered("audit")],
  ["submit_opinion", "others", isEvaluationOffered("opinion")],
  ["recuse_expert", "anybody", isEvaluationOffered("recuse")],
  ["return_evaluation", "others", isEvaluationOffered("return")],
  ["appoint_expert", "anybody", isEvaluationOffered("appoint")],
  ["conclude_review", "anybody", isEvaluationOffered("review")],
  ["measure_criteria", "anybody", isEvaluationOffered("measure")],
  ["override_criterion", "anybody", isEvaluationOffered("override")],
  ["confirm_evaluation", "anybody", isEvaluationOffered("result")],
  ["graduate", "anybody", isEvaluationOffered("graduation")],
  ["test_again", "anybody", isEvaluationOffered("second_test")],
  ["ask_extension", "theirs", isEvaluationOffered("extension")],
  ["rule_extension", "anybody", isEvaluationOffered("ruling")],
  ["rule_watch", "anybody", isEvaluationOffered("watch_ruling")],
  ["detect_incident", "theirs", isIncidentOffered("detect")],
  ["classify_incident", "theirs", isIncidentOffered("classify")],
  ["mitigate_incident", "theirs", isIncidentOffered("mitigate")],
  ["resolve_incident", "theirs", isIncidentOffered("resolve")],
  ["reopen_incident", "theirs", isIncidentOffered("reopen")],
  ["dismiss_incident", "theirs", isIncidentOffered("dismiss")],
  ["accept_complaint", "theirs", isComplaintOffered("accept")],
  ["find_complaint_inadmissible", "theirs", isComplaintOffered("find_inadmissible")],
  ["take_over_complaint", "theirs", isComplaintOffered("take_over")],
  ["ask_complainant", "theirs", isComplaintOffered("ask")],
  ["decide_complaint", "theirs", isComplaintOffered("decide")],
  ["extend_complaint", "theirs", isComplaintOffered("extend")],
  ["decide_recheck", "theirs", isComplaintOffered("decide_recheck")],
  ["declare_interest", "theirs", isComplaintOffered("declare_interest")],
  ["raise_claim", "theirs", isComplaintOffered("claim")],
  ["admit_claim", "theirs", isClaimOffered("admit")],
  ["refuse_claim", "theirs", isClaimOffered("refuse")],
  ["pay_claim", "theirs", isClaimOffered("pay")],
  ["fund_pool", "theirs", (who) => mayFund(POOL, who)],
  ["register_requestor", "theirs", (who) => mayRegister(POOL, who)],
  ["activate_requestor", "theirs", isRequestorOffered("activate")],
  ["suspend_requestor", "theirs", isRequestorOffered("suspend")],
  ["resume_requestor", "theirs", isRequestorOffered("resume")],
  ["end_requestor", "theirs", isRequestorOffered("end")],
  ["serve_holder", "theirs", (who) => mayServe(POOL, who)],
  ["wind_up", "theirs", isEndingOffered("notices")],
  ["wind_up", "theirs", isEndingOffered("cards")],
  ["destroy_keys", "theirs", isEndingOffered("keys")],
  ["register_scene", "theirs", (who) => mayRegisterScene(POOL, who)],
  ["suspend_scene", "theirs", isSceneOffered("suspend")],
  ["resume_scene", "theirs", isSceneOffered("resume")],
  ["end_scene", "theirs", isSceneOffered("end")],
];

const belongs = (whose: Of, { organisation: { id } }: Who) =>
  whose === "anybody" || id === "supervisor" || (id === BANK) === (whose === "theirs");

for (const [command, whose, isOffered] of TABLE) {
  test(`${command} is offered to whoever may take it, and to nobody else`, () => {
    const { may } = serverOf(command);
    for (const who of EVERYBODY) {
      const expected = may.some((role) => who.roles.includes(role)) && belongs(whose, who);
      assert.equal(isOffered(who), expected, `${String(who.roles[0])} of ${who.organisation.id}`);
    }
  });
}

test("an incident is closed by the supervisor alone, though others may take its other steps", () => {
  const offered = EVERYBODY.filter(isIncidentOffered("close")).map(({ roles }) => roles[0]);
  assert.deepEqual(offered, ["supervisor_officer", "supervisor_approver"]);
});

/** Acts that are offered to their office wherever a page has them: no state and nobody's pilot. */
const BY_OFFICE_ALONE: readonly Command[] = [
  ...(["set_compensation_terms", "draft", "enrol_signing_key", "end_signing_key"] as const),
  ...(["open_incident", "close_incident"] as const),
];

test("no act is without its row", () => {
  const rows = new Set<Command>([...TABLE.map(([command]) => command), ...BY_OFFICE_ALONE]);
  assert.deepEqual(
    COMMANDS.filter((command) => !rows.has(command)),
    [],
  );
});

test("an order is offered where the state of the pilot knows it", () => {
  const officer = person("supervisor_officer", "supervisor");
  const open = (state: string, more: object = {}) =>
    ordersOpen({ state, policy: {}, directives: [], ...more } as never, officer);
  const bound = (kind: string, status = "effective") => ({ directives: [{ kind, status }] });
  assert.deepEqual(open("testing"), ["suspension", "restriction"]);
  assert.deepEqual(open("testing", bound("suspension", "lifted")), ["suspension", "restriction"]);
  assert.deepEqual(open("restricted", bound("restriction")), [
    ...["suspension", "restriction", "lifting"],
  ]);
  assert.deepEqual(open("suspended", bound("suspension")), [
    ...["restriction", "resumption", "lifting"],
  ]);
  for (const state of ["ready", "failed", "exiting", "exited", "graduated"]) {
    assert.deepEqual(open(state, bound("suspension")), [], state);
  }
  assert.deepEqual(open("testing", { policy: null }), []);
});
