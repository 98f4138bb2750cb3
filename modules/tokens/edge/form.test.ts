/** The form edge's messages: read strictly or refused by the name of a field, whatever is sent. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { isRefusal } from "@sandbank/kernel/words";
import fc from "fast-check";
import { digestOf, type Fields, readGroup, readSignature, writeGroup } from "./form.ts";
import { readTransaction, VERBS } from "./transaction.ts";

const COMMON: Fields = {
  ...{ version: "5.1.0", encoding: "UTF-8", signMethod: "ED25519", certId: "a".repeat(64) },
  ...{ signature: "s", txnSubType: "00", bizType: "000902", accessType: "0" },
  ...{ merId: "FARSAIL-AIR", orderId: "ORDER00001", txnTime: "20601123100000" },
  tokenPayData: "{trId=99900000001&tokenType=01}",
};
const SUM = { txnAmt: "10000", currencyCode: "156" };
const PAID = { origQryId: "0199a000-0000-7000-8000-000000000001" };
const PAYS = {
  ...SUM,
  channelType: "08",
  tokenPayData: "{trId=99900000001&token=9999880100000000&tokenType=01}",
  reserved: "{scene=travel&mcc=4511}",
};
/** A right message of each transaction. */
const RIGHT: Readonly<Record<keyof typeof VERBS, Fields>> = {
  "00": { ...COMMON, txnType: "00", ...PAID },
  "01": { ...COMMON, txnType: "01", ...PAYS },
  "02": { ...COMMON, txnType: "02", ...PAYS },
  "03": { ...COMMON, txnType: "03", ...PAID, ...SUM },
  "04": { ...COMMON, txnType: "04", ...PAID, ...SUM },
  "32": { ...COMMON, txnType: "32", ...PAID },
};

/** The verb of a message, or its refusal with the field that it names. */
function read(fields: Fields): string {
  const asked = readTransaction(fields);
  return isRefusal(asked) ? `${asked.code} ${asked.params?.["field"]}` : asked.verb;
}

test("what is signed is written in one way, in order of names and without the signature", () => {
  const fields = { txnAmt: "100", bizType: "000902", signature: "x", tokenPayData: "{trId=1&a=2}" };
  // echo -n 'bizType=000902&tokenPayData={trId=1&a=2}&txnAmt=100' | sha256sum
  assert.equal(digestOf(fields), DIGEST);
  const turned = { tokenPayData: "{trId=1&a=2}", txnAmt: "100", bizType: "000902" };
  assert.equal(digestOf(turned), DIGEST);
  assert.notEqual(digestOf({ ...turned, txnAmt: "101" }), DIGEST);
});
const DIGEST = "a58949844fbe3cfaac2f6d4f6a699f7d59f7e9b79011730f9c7ad24af7b5f2fd";

test("a right message of each transaction is read", () => {
  for (const [type, fields] of Object.entries(RIGHT)) {
    assert.equal(read(fields), VERBS[type as keyof typeof VERBS]);
  }
});

test("every field that a transaction needs is asked for by its name", () => {
  for (const [type, fields] of Object.entries(RIGHT)) {
    for (const name of Object.keys(fields)) {
      const { [name]: _, ...rest } = fields;
      if (name !== "txnType") assert.equal(read(rest), `form_field_missing ${name}`, type);
      // Whether a signature holds is for the keys to say.
      if (name === "signature") continue;
      assert.equal(read({ ...fields, [name]: "\u0000" }), `form_field_wrong ${name}`, type);
    }
    assert.equal(read({ ...fields, more: "1" }), "form_field_wrong more", type);
  }
});

for (const [name, value] of [
  ...["{trId=99900000001&tokenType=01}", "{trId=99900000001&token=9999880100000000}"],
  ...["{trId=99900000001&token=9999880100000000&tokenType=02}", "trId=99900000001", "{}", ""],
  "{trId=99900000001&trId=99900000001&token=9999880100000000&tokenType=01}",
  "{trId=99900000001&token=9999880100000000&tokenType=01&more=1}",
].map((text) => ["tokenPayData", text] as const)) {
  test(`a payment with ${name}=${value} is refused`, () => {
    assert.equal(read({ ...RIGHT["02"], [name]: value }), `form_field_wrong ${name}`);
  });
}

for (const reserved of [
  ...["{scene=travel}", "{mcc=4511}", "{scene=travel&mcc=451}", "{scene=travel&mcc=4511&x=1}"],
  ...["{scene=travel&mcc=4511&counter=1}", `{scene=travel&mcc=4511&cryptogram=${"0".repeat(32)}}`],
  `{scene=travel&mcc=4511&counter=0&cryptogram=${"0".repeat(32)}}`,
]) {
  test(`a payment with reserved=${reserved} is refused`, () => {
    assert.equal(read({ ...RIGHT["01"], reserved }), "form_field_wrong reserved");
  });
}

test("a payment says its channel, its order and its cryptogram", () => {
  const reserved = `{scene=travel&mcc=4511&counter=7&cryptogram=${"ab".repeat(16)}}`;
  const asked = readTransaction({ ...RIGHT["02"], reserved, channelType: "07" });
  assert(!isRefusal(asked) && asked.verb === "authorise");
  assert.deepEqual(asked.payment, {
    ...{ token: "9999880100000000", amount: "10000", currency: "CNY", scene: "travel" },
    ...{ mcc: "4511", merchant: "FARSAIL-AIR", channel: "web", reference: "ORDER00001" },
    cryptogram: { counter: "7", code: "ab".repeat(16) },
  });
});

test("a group that was written is read again, and whatever is read was written so", () => {
  const name = fc.stringMatching(/^[A-Za-z][A-Za-z0-9]{0,31}$/);
  const value = fc.stringMatching(/^[A-Za-z0-9._:-]{1,60}$/);
  fc.assert(
    fc.property(fc.dictionary(name, value, { minKeys: 1, maxKeys: 8 }), (fields) => {
      assert.deepEqual({ ...readGroup(writeGroup(fields)) }, { ...fields });
    }),
  );
  const any = fc.oneof(
    fc.string(),
    fc.string().map((text) => `{${text}}`),
  );
  fc.assert(
    fc.property(any, (text) => {
      const fields = readGroup(text);
      assert.ok(fields === undefined || writeGroup(fields) === text);
    }),
    { numRuns: 2_000 },
  );
});

test("a signature is 64 bytes of strict base64 and nothing else", () => {
  const right = Buffer.alloc(64, 7).toString("base64");
  assert.equal(readSignature(right)?.length, 64);
  for (const text of ["", right.slice(1), `${right}=`, right.replace("Bw", "B_"), "A".repeat(88)]) {
    assert.equal(readSignature(text), undefined, text);
  }
});

test("whatever is sent is read or refused by a field that it names, and nothing throws", () => {
  const names = [...new Set(Object.values(RIGHT).flatMap((fields) => Object.keys(fields)))];
  const spoilt = fc.tuple(
    fc.constantFrom(...Object.values(RIGHT)),
    fc.dictionary(fc.oneof(fc.constantFrom(...names), fc.string()), fc.string({ unit: "binary" })),
    fc.subarray(names),
  );
  let taken = 0;
  fc.assert(
    fc.property(spoilt, ([right, more, left]) => {
      const fields: Record<string, string> = { ...right, ...more };
      for (const name of left.slice(0, 2)) delete fields[name];
      const asked = readTransaction(fields);
      if (!isRefusal(asked)) return void (taken += 1);
      assert.match(asked.code, /^form_field_(missing|wrong)$/);
      assert.ok((asked.params?.["field"] ?? "").length <= 40);
    }),
    { numRuns: 3_000 },
  );
  assert.ok(taken > 10, "none of these came through, so nothing was tried");
});
