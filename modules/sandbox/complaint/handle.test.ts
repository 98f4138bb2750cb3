/** The complaints desk as its rulebook: every "yes" and every "no" by its code. */
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import type { Instant } from "@sandbank/kernel/clock";
import type { Command } from "@sandbank/kernel/guard";
import { type Principal, systemPrincipal } from "@sandbank/kernel/identity";
import { isRefusal } from "@sandbank/kernel/words";
import { lateFrom } from "./complaint.ts";
import {
  accepted,
  closed,
  decided,
  DUE,
  ID,
  NOW,
  RECEIPT,
  received,
  RECEIVED,
  rechecking,
  WORDING,
} from "./complaint.fixture.ts";
import type { ComplaintRow } from "./complaint.store.ts";
import { fallDue } from "./fall-due.ts";
import { addWords, escalate, requestRecheck, withdraw } from "./follow.ts";
import * as desk from "./handle.ts";
import { lodge } from "./lodge.ts";
import { eraseWords, openWords } from "./erase.ts";

const staff = (id: string, ...roles: Principal["roles"]): Principal => ({
  ...{ kind: "person", id, organisation: "sandbar-bank", roles },
});
const CHEN = staff("chen", "complaint_handler");
const HE = staff("he", "complaint_handler");
const XU = staff("xu", "institution_approver");
const FOREIGN: Principal = { ...CHEN, organisation: "other-bank" };
const PUBLIC = systemPrincipal("public-desk");

/** Decides as the guard would and answers with the code, or with the state that follows. */
function decide(
  command: Command,
  asked: {
    readonly of?: unknown;
    readonly by?: Principal;
    readonly approver?: Principal;
    readonly now?: Instant;
    readonly content?: object;
  },
): string {
  const { of, by = CHEN, now = NOW, content = {} } = asked;
  const outcome = command.decide({
    ...{ state: of, principal: by, now, id: ID, partition: 0, facts: undefined },
    ...(asked.approver === undefined ? {} : { approver: asked.approver }),
    command: command.contract.parse({ complaint: ID, ...content }),
  });
  if (isRefusal(outcome)) return outcome.code;
  if ("onRefusal" in outcome) return `${outcome.refusal.code} and noted`;
  return (outcome.answer as { state?: string }).state ?? "done";
}

describe("what the desk says no to", () => {
  const none = { interest: "none" };
  const words = { wording: WORDING };
  const cases: readonly (readonly [string, string, Command, Parameters<typeof decide>[1]])[] = [
    [
      "another institution finds nothing",
      "complaint_unknown",
      desk.accept,
      { of: received, by: FOREIGN, content: none },
    ],
    ["nothing is there", "complaint_unknown", desk.accept, { of: undefined, content: none }],
    ["受理", "accepted", desk.accept, { of: received, content: none }],
    [
      "taken up twice",
      "complaint_is_accepted",
      desk.accept,
      { of: accepted, by: HE, content: none },
    ],
    [
      "被投诉人回避",
      "handler_is_complained_of",
      desk.accept,
      { of: { ...received, concerns: ["chen"] }, content: none },
    ],
    [
      "有直接利害关系的回避",
      "handler_has_direct_interest and noted",
      desk.accept,
      { of: received, content: { interest: "direct" } },
    ],
    [
      "an interest that was declared before",
      "handler_has_direct_interest",
      desk.accept,
      { of: { ...received, interests: ["chen"] }, content: none },
    ],
    [
      "不予受理须有理由",
      "inadmissible",
      desk.findInadmissible,
      { of: received, content: { ...none, ...words, ground: "no_facts_stated" } },
    ],
    [
      "too late for that",
      "complaint_is_accepted",
      desk.findInadmissible,
      { of: accepted, content: { ...none, ...words, ground: "no_facts_stated" } },
    ],
    [
      "the subject may not dismiss it",
      "handler_is_complained_of",
      desk.findInadmissible,
      {
        of: { ...received, concerns: ["chen"] },
        content: { ...none, ...words, ground: "no_facts_stated" },
      },
    ],
    ["taken over", "accepted", desk.takeOver, { of: accepted, by: HE, content: none }],
    ["one's own", "already_your_complaint", desk.takeOver, { of: accepted, content: none }],
    [
      "the subject may not take it over",
      "handler_is_complained_of",
      desk.takeOver,
      { of: { ...accepted, concerns: ["he"] }, by: HE, content: none },
    ],
    [
      "材料由投诉人持有",
      "accepted",
      desk.askComplainant,
      { of: accepted, content: { ...words, material: "proof_of_loss" } },
    ],
    [
      "不得要求提供机构已持有的材料",
      "institution_holds_this_already",
      desk.askComplainant,
      { of: accepted, content: { ...words, material: "transaction_record" } },
    ],
    [
      "nor the identity on file",
      "institution_holds_this_already",
      desk.askComplainant,
      { of: accepted, content: { ...words, material: "identity_on_file" } },
    ],
    [
      "somebody else's complaint",
      "handler_is_another",
      desk.askComplainant,
      { of: accepted, by: HE, content: { ...words, material: "screenshot" } },
    ],
    ["延长至30日", "accepted", desk.extend, { of: accepted, content: { ...words, days: 30 } }],
    [
      "延长至60日",
      "accepted",
      desk.extend,
      {
        of: { ...accepted, days: 30, due: lateFrom(RECEIVED, 30) },
        content: { ...words, days: 60 },
      },
    ],
    [
      "from 15 to 60 at once",
      "extension_is_not_the_next",
      desk.extend,
      { of: accepted, content: { ...words, days: 60 } },
    ],
    [
      "beyond 60",
      "extension_is_not_the_next",
      desk.extend,
      {
        of: { ...accepted, days: 60, due: lateFrom(RECEIVED, 60) },
        content: { ...words, days: 60 },
      },
    ],
    [
      "on the last millisecond",
      "accepted",
      desk.extend,
      { of: accepted, now: (DUE - 1) as Instant, content: { ...words, days: 30 } },
    ],
    [
      "after the time is over",
      "extension_comes_too_late",
      desk.extend,
      { of: accepted, now: DUE, content: { ...words, days: 30 } },
    ],
    [
      "once it is late",
      "extension_comes_too_late",
      desk.extend,
      { of: { ...accepted, overdue_since: DUE }, now: DUE, content: { ...words, days: 30 } },
    ],
    [
      "a senior who is complained of",
      "handler_is_complained_of",
      desk.extend,
      { of: { ...accepted, concerns: ["xu"] }, approver: XU, content: { ...words, days: 30 } },
    ],
    [
      "a senior of another bank",
      "complaint_unknown",
      desk.extend,
      { of: accepted, approver: FOREIGN, content: { ...words, days: 30 } },
    ],
    [
      "作出决定",
      "decided",
      desk.decideComplaint,
      { of: accepted, content: { ...words, outcome: "upheld" } },
    ],
    [
      "decided late all the same",
      "decided",
      desk.decideComplaint,
      { of: accepted, now: DUE, content: { ...words, outcome: "partly" } },
    ],
    [
      "by somebody else",
      "handler_is_another",
      desk.decideComplaint,
      { of: accepted, by: HE, content: { ...words, outcome: "upheld" } },
    ],
    [
      "by who became its subject",
      "handler_is_complained_of",
      desk.decideComplaint,
      { of: { ...accepted, concerns: ["chen"] }, content: { ...words, outcome: "upheld" } },
    ],
    [
      "decided twice",
      "complaint_is_decided",
      desk.decideComplaint,
      { of: decided, content: { ...words, outcome: "upheld" } },
    ],
    [
      "核查",
      "rechecked",
      desk.decideRecheck,
      { of: rechecking, by: XU, content: { ...none, ...words, outcome: "upheld" } },
    ],
    [
      "原处理人员不得核查",
      "recheck_by_first_person",
      desk.decideRecheck,
      {
        of: { ...rechecking, handler: "xu" },
        by: XU,
        content: { ...none, ...words, outcome: "upheld" },
      },
    ],
    [
      "nothing to re-check",
      "complaint_is_decided",
      desk.decideRecheck,
      { of: decided, by: XU, content: { ...none, ...words, outcome: "upheld" } },
    ],
    [
      "an interested senior",
      "handler_has_direct_interest and noted",
      desk.decideRecheck,
      { of: rechecking, by: XU, content: { interest: "direct", ...words, outcome: "upheld" } },
    ],
    [
      "a person is named",
      "accepted",
      desk.namePerson,
      { of: accepted, by: XU, content: { person: "he" } },
    ],
    [
      "named twice",
      "person_already_named",
      desk.namePerson,
      { of: { ...accepted, concerns: ["he"] }, content: { person: "he" } },
    ],
    ["an interest found later", "accepted", desk.declareInterest, { of: accepted }],
    [
      "an interest in what is decided",
      "complaint_is_decided",
      desk.declareInterest,
      { of: decided },
    ],
  ];
  for (const [situation, expected, command, asked] of cases) {
    test(`${command.name}: ${situation} → ${expected}`, () => {
      assert.equal(decide(command, asked), expected);
    });
  }
});

describe("what the complainant is told no", () => {
  const by = { by: PUBLIC, content: { receipt: RECEIPT } };
  const wrong = { by: PUBLIC, content: { receipt: "c".repeat(64) } };
  const adding = { by: PUBLIC, content: { receipt: RECEIPT, wording: WORDING } };
  const last = (lateFrom(NOW, 30) - 1) as Instant;
  const cases: readonly (readonly [string, string, Command, Parameters<typeof decide>[1]])[] = [
    ["a wrong code finds nothing", "receipt_unknown", withdraw, { of: received, ...wrong }],
    ["撤回当日终结", "withdrawn", withdraw, { of: accepted, ...by }],
    ["撤回 before it is taken up", "withdrawn", withdraw, { of: received, ...by }],
    ["after the decision", "complaint_is_decided", withdraw, { of: decided, ...by }],
    [
      "withdrawn twice",
      "complaint_was_withdrawn",
      withdraw,
      { of: { ...received, state: "withdrawn" }, ...by },
    ],
    ["words are added", "accepted", addWords, { of: accepted, ...adding }],
    ["words to what is closed", "complaint_is_closed", addWords, { of: closed, ...adding }],
    ["转自律组织", "accepted", escalate, { of: accepted, ...by }],
    [
      "turned to it twice",
      "already_escalated",
      escalate,
      { of: { ...accepted, escalated_at: NOW }, ...by },
    ],
    ["核查申请", "rechecking", requestRecheck, { of: decided, ...by }],
    [
      "on the last millisecond of day 30",
      "rechecking",
      requestRecheck,
      { of: decided, ...by, now: last },
    ],
    [
      "on day 31",
      "recheck_time_is_over",
      requestRecheck,
      { of: decided, ...by, now: (last + 1) as Instant },
    ],
    ["before there is an answer", "complaint_is_accepted", requestRecheck, { of: accepted, ...by }],
    [
      "a second re-check",
      "complaint_was_rechecked",
      requestRecheck,
      { of: { ...decided, state: "rechecked" }, ...by },
    ],
    [
      "erased while open",
      "complaint_not_ended",
      eraseWords,
      { of: { of: accepted, wordings: [WORDING.id] }, ...by },
    ],
    [
      "erased when closed",
      "done",
      eraseWords,
      { of: { of: closed, wordings: [WORDING.id] }, ...by },
    ],
    [
      "erased twice",
      "complaint_was_erased",
      eraseWords,
      { of: { of: closed, wordings: [] }, ...by },
    ],
    [
      "erased by a stranger",
      "receipt_unknown",
      eraseWords,
      { of: { of: closed, wordings: [WORDING.id] }, ...wrong },
    ],
  ];
  for (const [situation, expected, command, asked] of cases) {
    test(`${command.name}: ${situation} → ${expected}`, () => {
      assert.equal(decide(command, asked), expected);
    });
  }

  test("群体投诉代表不超过5人: one person has none, a group has one to five", () => {
    const pilot = { slug: "payment-tokens" };
    const of = (persons: number, representatives: number, state: unknown = pilot) =>
      lodge.decide({
        ...{ state: state as never, principal: PUBLIC, now: NOW, id: ID, partition: 0 },
        facts: undefined,
        command: {
          ...{ pilot: "payment-tokens", institution: "sandbar-bank", channel: "public_form" },
          ...{ category: "fees", persons, representatives, wording: WORDING, receipt: RECEIPT },
        },
      });
    const codes = [
      [1, 0, undefined],
      [1, 1, "group_needs_representatives"],
      [20, 0, "group_needs_representatives"],
      [20, 1, undefined],
      [20, 5, undefined],
      [20, 6, "representatives_more_than_five"],
    ] as const;
    for (const [persons, representatives, code] of codes) {
      const outcome = of(persons, representatives);
      assert.equal(isRefusal(outcome) ? outcome.code : undefined, code);
    }
  });
});

describe("what time does", () => {
  const cases: readonly (readonly [string, string, ComplaintRow | undefined, Instant])[] = [
    ["nothing before its instant", "complaint_not_due", received, (DUE - 1) as Instant],
    ["逾期公开计数", "received", received, DUE],
    ["late once only", "complaint_not_due", { ...accepted, next_at: null }, DUE],
    ["closed when the time for a re-check is over", "closed", { ...decided, next_at: NOW }, NOW],
    ["a late re-check", "rechecking", { ...rechecking, next_at: NOW }, NOW],
    ["nothing is there", "complaint_unknown", undefined, NOW],
  ];
  for (const [situation, expected, of, now] of cases) {
    test(`${situation} → ${expected}`, () => {
      assert.equal(decide(fallDue, { of, now, by: systemPrincipal("sandbox") }), expected);
    });
  }

  test("each lateness is a leaf for all the world, without a word of the complaint", () => {
    const asked = { principal: systemPrincipal("sandbox"), now: DUE, id: ID, partition: 0 };
    const question = { ...asked, state: received, command: { complaint: ID }, facts: undefined };
    const outcome = fallDue.decide(question);
    assert.ok("leaves" in outcome);
    assert.deepEqual(outcome.leaves, [
      {
        ...{ t: "complaint_overdue", pilot: "payment-tokens", number: "C-2026-0001" },
        ...{ recheck: false, since: "2026-03-17T16:00:00.000Z" },
      },
    ]);
  });
});

describe("who may read the words", () => {
  const officer: Principal = { ...CHEN, organisation: "supervisor", roles: ["supervisor_officer"] };
  const cases: readonly (readonly [string, string, Principal, string])[] = [
    ["办理人员", "done", CHEN, "handling"],
    ["a handler for another purpose", "purpose_is_not_yours", CHEN, "supervision"],
    ["核查人员", "done", XU, "recheck"],
    ["the supervisor", "done", officer, "supervision"],
    ["the supervisor does not handle", "purpose_is_not_yours", officer, "handling"],
    ["another bank", "complaint_unknown", FOREIGN, "handling"],
  ];
  for (const [situation, expected, by, purpose] of cases) {
    test(`${situation}, ${purpose} → ${expected}`, () => {
      assert.equal(decide(openWords, { of: accepted, by, content: { purpose } }), expected);
    });
  }
  test("被投诉人不得查看: the person complained of reads nothing", () => {
    const of = { ...accepted, concerns: ["chen"] };
    const asked = { of, content: { purpose: "handling" } };
    assert.equal(decide(openWords, asked), "handler_is_complained_of");
  });
});
