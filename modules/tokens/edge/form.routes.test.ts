/** The form edge behind its route: signed messages in, signed answers out, the same desk behind both. */
import assert from "node:assert/strict";
import { createHash, generateKeyPairSync, sign } from "node:crypto";
import { after, before, describe, test } from "node:test";
import { type Instant, shanghaiClockText } from "@sandbank/kernel/clock";
import { readNote, readVerifier, signedBy } from "@sandbank/kernel/evidence";
import type { Principal } from "@sandbank/kernel/identity";
import { isRefusal } from "@sandbank/kernel/words";
import { asker } from "../testing/asker.ts";
import { type Bed, CARD, ENROLLED, furnishedBed, ISSUER, SIGNER } from "../testing/bed.ts";
import { SHOPS, TRAVEL, TRID, TUESDAY } from "../testing/bed.ts";
import { digestOf, type Fields } from "./form.ts";
import { SENT_AHEAD_MS, SENT_BEFORE_MS } from "./sent.ts";

interface Signer {
  readonly certId: string;
  sign(text: string): string;
}

/** Who signs, and under which trId; Farsail with its own unless told. */
interface Whose {
  readonly by?: Signer;
  readonly trid?: string;
}

/** Enrols a key for a requestor. */
function enrolled(of: Principal): Signer {
  const pair = generateKeyPairSync("ed25519");
  const raw = Buffer.from(String(pair.publicKey.export({ format: "jwk" }).x), "base64url");
  const certId = createHash("sha256").update(raw).digest("hex");
  ENROLLED.set(certId, { key: pair.publicKey, of });
  return {
    certId,
    sign: (text) => sign(null, Buffer.from(text), pair.privateKey).toString("base64"),
  };
}

describe("P4.1: the form edge", () => {
  let bed: Bed;
  let ask: ReturnType<typeof asker>;
  let token: string;
  const [travel, shops] = [enrolled(TRAVEL), enrolled(SHOPS)];
  /** Another requestor with a trId of its own. */
  const OTHER: Whose = { by: shops, trid: "99900000002" };
  let orders = 0;
  const order = () => `ORDER${String(++orders).padStart(8, "0")}`;

  /** A message as a requestor makes it, over whatever it wants to say. */
  function message(txnType: string, more: Fields, whose: Whose = {}): Fields {
    const { by = travel, trid = TRID } = whose;
    const pays = txnType === "01" || txnType === "02";
    const paying = {
      ...{ channelType: "08", reserved: "{scene=travel&mcc=4511}", currencyCode: "156" },
      tokenPayData: `{trId=${trid}&token=${token}&tokenType=01}`,
    };
    const fields: Fields = {
      ...{ version: "5.1.0", encoding: "UTF-8", signMethod: "ED25519", certId: by.certId },
      ...{ txnType, txnSubType: "00", bizType: "000902", accessType: "0", merId: "farsail-air" },
      ...{ orderId: order(), txnTime: "20601123100000" },
      tokenPayData: `{trId=${trid}&tokenType=01}`,
      ...(pays ? paying : {}),
      ...("txnAmt" in more ? { currencyCode: "156" } : {}),
      ...more,
    };
    return { ...fields, signature: by.sign(digestOf(fields)) };
  }
  const send = (fields: Fields) => ask<Fields>("POST /api/unionpay/back-trans", { body: fields });
  const said = async (fields: Fields) => (await send(fields))["respCode"];

  before(async () => {
    bed = await furnishedBed("1000000");
    ask = asker(bed);
    token = (await bed.issue({ paymentAmount: "50000" })).number;
  });
  after(() => bed.end());

  test("pays, authorises, captures, voids, refunds and looks, to the fen", async () => {
    const paid = await send(message("01", { txnAmt: "10000" }));
    assert.equal(paid["respCode"], "00", paid["respMsg"] ?? "");
    const held = await send(message("02", { txnAmt: "3000" }));
    const origQryId = held["queryId"] ?? "";
    assert.equal(await bed.used(`card/${CARD}`), -987_000n);
    assert.equal(await said(message("03", { origQryId, txnAmt: "2000" })), "00");
    const back = { origQryId: paid["queryId"] ?? "", txnAmt: "1500" };
    assert.equal(await said(message("04", back)), "00");
    const other = await send(message("02", { txnAmt: "700" }));
    assert.equal(await said(message("32", { origQryId: other["queryId"] ?? "" })), "00");
    assert.equal(await bed.used(`card/${CARD}`), -989_500n);
    assert.equal(await bed.used(`settlement/${TRID}`), -10_500n);
    const looked = await send(message("00", { origQryId }));
    const stands = "{state=captured&amount=3000&captured=2000&refunded=0}";
    assert.deepEqual([looked["respCode"], looked["reserved"]], ["00", stands]);
    await bed.booksAgree();
  });

  test("does a message that is sent again once, and answers alike", async () => {
    const before = await bed.used(`card/${CARD}`);
    const asked = message("01", { txnAmt: "400" });
    const answers = await Promise.all([send(asked), send(asked), send(asked)]);
    assert.deepEqual(new Set(answers.map((one) => one["respCode"])), new Set(["00"]));
    assert.equal(new Set(answers.map((one) => one["queryId"])).size, 1);
    assert.equal(await bed.used(`card/${CARD}`), before + 400n);
    const { signature: _, ...fields } = asked;
    const more = { ...fields, txnAmt: "401" };
    assert.equal(await said({ ...more, signature: travel.sign(digestOf(more)) }), "12");
  });

  test("takes no message that was changed, or signed by another", async () => {
    const asked = message("01", { txnAmt: "100" });
    assert.equal(await said({ ...asked, txnAmt: "1" }), "11");
    assert.equal(await said({ ...asked, certId: shops.certId }), "11");
    assert.equal(await said({ ...asked, certId: "b".repeat(64) }), "11");
    assert.equal(await said({ ...asked, signature: "A" }), "11");
    assert.equal(await said(message("01", { txnAmt: "100" }, { by: shops })), "32");
    const scene = { reserved: "{scene=travel&mcc=4511}", txnAmt: "100" };
    assert.equal(await said(message("02", scene, OTHER)), "30");
  });

  test("says one code of whatever concerns a customer, and its own of what concerns a payment", async () => {
    const declined = await send(message("01", { txnAmt: "50001" }));
    assert.equal(declined["respCode"], "30");
    assert.match(declined["respMsg"] ?? "", /\[payment_declined\]$/);
    assert.equal(declined["queryId"], undefined);
    const origQryId = (await send(message("02", { txnAmt: "500" })))["queryId"] ?? "";
    assert.equal(await said(message("03", { origQryId, txnAmt: "501" })), "33");
    assert.equal(await said(message("04", { origQryId, txnAmt: "1" })), "35");
    assert.equal(await said(message("32", { origQryId })), "00");
    assert.equal(await said(message("32", { origQryId })), "35");
    assert.equal(await said(message("00", { origQryId: CARD })), "34");
    assert.equal(await said(message("00", { origQryId }, OTHER)), "34");
  });

  test("names a field that is missing or wrong, and refuses one that came twice", async () => {
    const { orderId: _, ...less } = message("01", { txnAmt: "100" });
    const missing = await send(less);
    assert.equal(missing["respCode"], "13");
    assert.match(missing["respMsg"] ?? "", /orderId/);
    assert.equal(await said({ ...message("01", { txnAmt: "100" }), bizType: "000000" }), "10");
    const twice = { ...message("01", { txnAmt: "100" }), merId: ["a", "b"] } as unknown as Fields;
    assert.equal(await said(twice), "10");
    assert.equal(await said({}), "13");
  });

  test("sends nobody back to a host that was not registered", async () => {
    const backUrl = "https://pay.farsail.example/done";
    assert.equal(await said(message("01", { txnAmt: "100", backUrl })), "32");
    const name = { zh: "远帆（虚构）", en: "Farsail (fictional)" };
    const trid = "99900000009";
    const asked = { trid, organisation: "farsail", name, domains: ["pay.farsail.example"] };
    await bed.done("tokens.register_requestor", asked, { principal: ISSUER });
    await bed.byTwo("tokens.activate_requestor", { trid });
    const looked = message("00", { origQryId: CARD, backUrl }, { trid });
    assert.equal(await said(looked), "34");
    const plain = message("00", { origQryId: CARD, backUrl: "http://pay.farsail.example/" });
    assert.equal(await said(plain), "10");
  });

  test("hears of a requestor that was suspended what it hears of any decline", async () => {
    await bed.done("tokens.suspend_requestor", { trid: TRID }, { principal: ISSUER });
    assert.equal(await said(message("01", { txnAmt: "100" })), "30");
    await bed.byTwo("tokens.resume_requestor", { trid: TRID });
    assert.equal(await said(message("01", { txnAmt: "100" })), "00");
  });

  test("signs each answer, and one that was changed is not believed", async () => {
    const answers = [await send(message("01", { txnAmt: "100" })), await send({})];
    const verifier = readVerifier(SIGNER.vkey);
    assert(!isRefusal(verifier));
    for (const fields of answers) {
      const { certId = "", signature = "" } = fields;
      const believed = (of: Fields): boolean => {
        const note = readNote(`${digestOf(of)}\n\n— ${verifier.name} ${signature}\n`);
        return !isRefusal(note) && signedBy(note, verifier) !== undefined;
      };
      assert.equal(certId, `${verifier.name}+${verifier.id}`);
      assert.equal(believed(fields), true);
      assert.equal(believed({ ...fields, respCode: "99" }), false);
    }
  });

  describe("and time", () => {
    const at = (ms: number) => (TUESDAY + ms) as Instant;
    /** A `txnTime` so many milliseconds after ten o'clock. */
    const sent = (ms: number) => ({ txnTime: shanghaiClockText(at(ms)).replaceAll(/[^0-9]/g, "") });
    const pays = (ms: number, amount = "100") => message("01", { txnAmt: amount, ...sent(ms) });
    const LATE = SENT_BEFORE_MS + 1;
    let paid: Fields;
    let declined: Fields;
    let waiting: Fields;
    let origQryId = "";

    test("a message may be dated a minute ahead, and not a millisecond more", async () => {
      assert.equal(SENT_AHEAD_MS, 60_000);
      paid = pays(0, "700");
      assert.equal(await said(paid), "00");
      declined = pays(0, "50001");
      assert.equal(await said(declined), "30");
      origQryId = (await send(message("02", { txnAmt: "900", ...sent(0) })))["queryId"] ?? "";
      waiting = pays(61_000);
      const asked: readonly [now: number, dated: Fields, heard: string][] = [
        [0, pays(60_000), "00"],
        [0, waiting, "39"],
        [999, pays(61_000), "39"],
        [1_000, pays(61_000), "00"],
        // Nothing was kept of it when it came too early.
        [1_000, waiting, "00"],
      ];
      for (const [now, dated, heard] of asked) {
        await bed.turn(at(now));
        assert.equal(await said(dated), heard, `at ${now} ms: ${dated["txnTime"]}`);
      }
    });

    test("it may have been on its way for a quarter of an hour, and not a millisecond longer", async () => {
      assert.equal(SENT_BEFORE_MS, 900_000);
      await bed.turn(at(SENT_BEFORE_MS));
      assert.equal(await said(pays(0)), "00");
      await bed.turn(at(LATE));
      const before = await bed.used(`card/${CARD}`);
      const late = await send(pays(0));
      assert.equal(late["respCode"], "39");
      assert.match(late["respMsg"] ?? "", /15.*1.*\[form_time_outside_window\]$/);
      assert.equal(late["queryId"], undefined);
      assert.equal(await bed.used(`card/${CARD}`), before);
      assert.equal(await said(pays(1_000)), "00");
    });

    test("every transaction has to come in time, a look as well, and its signature is read first", async () => {
      const more = { origQryId, ...sent(0) };
      assert.equal(await said(message("03", { ...more, txnAmt: "900" })), "39");
      assert.equal(await said(message("04", { ...more, txnAmt: "1" })), "39");
      assert.equal(await said(message("32", more)), "39");
      assert.equal(await said(message("00", more)), "39");
      assert.equal(await said({ ...message("00", more), certId: shops.certId }), "11");
      assert.equal(await said(message("32", { origQryId, ...sent(LATE) })), "00");
    });

    test("what was answered is answered alike ever after, and a stranger's copy does nothing", async () => {
      const first = await send(paid);
      await bed.turn(at(3 * 86_400_000));
      const before = await bed.used(`card/${CARD}`);
      const again = await send(paid);
      assert.deepEqual([again["respCode"], again["queryId"]], ["00", first["queryId"]]);
      assert.equal(await said(declined), "30");
      assert.equal(await said(waiting), "00");
      assert.equal(await bed.used(`card/${CARD}`), before);
      const { signature: _, ...fields } = paid;
      const more = { ...fields, txnAmt: "701" };
      assert.equal(await said({ ...more, signature: travel.sign(digestOf(more)) }), "12");
      assert.equal(await said(pays(0, "700")), "39");
    });

    test("a time that no clock shows is a field that is wrong", async () => {
      for (const txnTime of ["20601323100000", "20600230100000", "20601123246000"]) {
        const heard = await send(message("01", { txnAmt: "100", txnTime }));
        assert.equal(heard["respCode"], "10", txnTime);
        assert.match(heard["respMsg"] ?? "", /txnTime/);
      }
    });
  });
});
