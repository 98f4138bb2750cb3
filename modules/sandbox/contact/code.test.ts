/**
 * Codes that prove addresses: how digits follow from key and row, and the table of what is said to
 * whoever types something in or asks for another, at each boundary.
 */
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { type Instant, randomBytes } from "@sandbank/kernel/clock";
import { limits } from "@sandbank/kernel/config";
import { isRefusal } from "@sandbank/kernel/words";
import {
  codeDigits,
  codeIssued,
  digitsDigest,
  holdsFor,
  judgeTyped,
  mayIssue,
  pauseLeft,
  triesLeft,
} from "./code.ts";
import type { CodeRow } from "./code.store.ts";

const KEY = Buffer.alloc(32, 7);
const WORDING = "00000000-0000-4000-8000-000000000001";
const CONTACT = "00000000-0000-4000-8000-000000000002";
const ISSUED = Date.UTC(2026, 10, 26, 6, 0, 0) as Instant;
const after = (ms: number) => (ISSUED + ms) as Instant;
const DAY_MS = 86_400_000;

const CODE: CodeRow = {
  ...{ id: "00000000-0000-8000-8000-00000000000a", contact: CONTACT, wrong: 0, state: "sent" },
  digest: digitsDigest(KEY, WORDING, codeDigits(KEY, "00000000-0000-8000-8000-00000000000a")),
  ...{ issued: ISSUED, expires: after(600_000) },
};

test("digits are six, the same for one row and key, and spread over all codes", () => {
  const digits = codeDigits(KEY, CODE.id);
  assert.match(digits, /^[0-9]{6}$/);
  assert.equal(codeDigits(KEY, CODE.id), digits);
  const many = Array.from({ length: 2_000 }, (_, at) => codeDigits(KEY, `row ${at}`));
  // Of a million codes two thousand are nearly all different, and some begin with 0.
  assert.ok(new Set(many).size > 1_980);
  assert.ok(many.some((one) => one.startsWith("0")));
  assert.ok(many.every((one) => one.length === 6));
  const other = Array.from({ length: 2_000 }, (_, at) => codeDigits(randomBytes(32), `row ${at}`));
  assert.ok(many.filter((one, at) => one === other[at]).length < 5, "another key, other digits");
});

test("what is kept of digits differs by address and key, so that none is looked up in a list", () => {
  const kept = digitsDigest(KEY, WORDING, "123456");
  assert.match(kept, /^[0-9a-f]{64}$/);
  assert.equal(digitsDigest(KEY, WORDING, "123456"), kept);
  for (const other of [
    digitsDigest(KEY, CONTACT, "123456"),
    digitsDigest(randomBytes(32), WORDING, "123456"),
    digitsDigest(KEY, WORDING, "123457"),
  ]) {
    assert.notEqual(other, kept);
  }
});

test("a code holds for 600 s from when it was asked for", () => {
  const { issued, expires } = codeIssued(ISSUED);
  assert.deepEqual([issued, expires], ["2026-11-26T06:00:00.000Z", "2026-11-26T06:10:00.000Z"]);
  assert.equal(holdsFor(CODE, after(599_999)), 1);
  assert.equal(holdsFor(CODE, after(600_000)), 0);
});

describe("what is typed in", () => {
  const wrong = digitsDigest(KEY, WORDING, "not it");
  const rows: readonly {
    readonly name: string;
    readonly code?: Partial<CodeRow>;
    readonly digest?: string;
    readonly at?: number;
    readonly said: string;
    readonly left?: string;
  }[] = [
    { name: "the code at once", said: "right", at: 0 },
    { name: "the code at 599.999 s", said: "right", at: 599_999 },
    { name: "the code at 600 s", said: "contact_code_expired", at: 600_000 },
    { name: "the code at the fifth try", code: { wrong: 4 }, said: "right" },
    { name: "the code at the sixth try", code: { wrong: 5 }, said: "contact_code_spent" },
    { name: "another at the first try", digest: wrong, said: "contact_code_wrong", left: "4" },
    {
      name: "another at the fifth try",
      ...{ code: { wrong: 4 }, digest: wrong, said: "contact_code_wrong", left: "0" },
    },
    {
      name: "another at the sixth try",
      ...{ code: { wrong: 5 }, digest: wrong, said: "contact_code_spent" },
    },
    { name: "another when it is over", digest: wrong, at: 600_000, said: "contact_code_expired" },
    {
      name: "the code when it is void and over",
      ...{ code: { wrong: 5 }, at: 600_000, said: "contact_code_spent" },
    },
  ];
  for (const { name, code = {}, digest = CODE.digest, at = 1_000, said, left } of rows) {
    test(`${name}: ${said}`, () => {
      const judged = judgeTyped({ ...CODE, ...code }, { digest, at: after(at) });
      assert.equal(isRefusal(judged) ? judged.code : "right", said);
      assert.equal(isRefusal(judged) ? judged.params?.["left"] : undefined, left);
    });
  }

  test("where no code was sent: contact_code_not_sent", () => {
    const judged = judgeTyped(undefined, { digest: CODE.digest, at: ISSUED });
    assert.ok(isRefusal(judged) && judged.code === "contact_code_not_sent");
  });

  test("tries that are left are told from 5 down to 0", () => {
    assert.deepEqual(
      [0, 1, 4, 5, 6].map((one) => triesLeft({ wrong: one })),
      [5, 4, 1, 0, 0],
    );
  });
});

describe("another code", () => {
  const NOW = after(DAY_MS);
  const counted = (contact: string, count: number, issued = after(1)) =>
    Array.from({ length: count }, () => ({ organisation: "bank", contact, issued }));
  const said = (asked: Partial<Parameters<typeof mayIssue>[0]>) =>
    mayIssue({ contact: CONTACT, latest: undefined, counted: [], at: NOW, ...asked })?.code ??
    "yes";

  test("may be asked for after the pause, to the millisecond", () => {
    const latest = { issued: ISSUED };
    assert.equal(said({ latest, at: after(59_999) }), "contact_code_too_soon");
    assert.equal(said({ latest, at: after(60_000) }), "yes");
    assert.deepEqual(
      [0, 59_999, 60_000].map((ms) => pauseLeft(latest, after(ms))),
      [60_000, 1, 0],
    );
    assert.equal(pauseLeft(undefined, ISSUED), 0);
  });

  test("goes five times to one address within 24 hours, and not a sixth time", () => {
    assert.equal(said({ counted: counted(CONTACT, 4) }), "yes");
    assert.equal(said({ counted: counted(CONTACT, 5) }), "contact_codes_spent");
    assert.equal(said({ counted: counted("another", 5) }), "yes", "another address's codes");
    assert.equal(said({ counted: counted(CONTACT, 5, ISSUED) }), "yes", "24 hours ago to the ms");
  });

  test("goes out as often as an organisation may ask for one, over all its addresses", () => {
    const most = limits.contactCodesOfOrganisation;
    assert.equal(said({ counted: counted("another", most - 1) }), "yes");
    const spent = "contact_codes_of_organisation_spent";
    assert.equal(said({ counted: counted("another", most) }), spent);
    assert.equal(said({ counted: counted("another", most, ISSUED) }), "yes");
  });

  test("is refused for the pause first, then for the address, then for the organisation", () => {
    const all = [...counted(CONTACT, 5), ...counted("another", limits.contactCodesOfOrganisation)];
    const latest = { issued: NOW };
    assert.equal(said({ latest, counted: all }), "contact_code_too_soon");
    assert.equal(said({ counted: all }), "contact_codes_spent");
  });
});
