/**
 * Journeys 1 and 2: a declaration is typed in by one person and signed by another, and what the
 * supervisor returns with its reason is mended, compared and signed again.
 */
import assert from "node:assert/strict";
import { generateKeyPairSync } from "node:crypto";
import { readFileSync } from "node:fs";
import { addDays, type Instant, shanghaiDate } from "@sandbank/kernel/clock";
import { planExit } from "./planning.fixture.ts";
import { type Declared, typeDeclaration } from "./typing.fixture.ts";
import type { Journey, Said, Walk, Walker } from "./walk.fixture.ts";

export const DRAFTED = "harbour-pay";
export const NAME: Said = ["港湾付（虚构）", "Harbour Pay (fictional)"];
const FORM = new URL("../../../../scenarios/regulator-year/harbour-pay.json", import.meta.url);
/** Its last character does not follow from the others. */
const WRONG_CODE = "91990000MA00DEMA78";
const AGREEMENT = {
  ...{ path: "form-agreement", name: "agreement.txt", text: "港湾付服务协议书（虚构）\n" },
};

/** The declaration of the year's seventh pilot, with dates that lie around `now`. */
function declarationAt(now: Instant): Declared {
  const today = shanghaiDate(now);
  const form = JSON.parse(readFileSync(FORM, "utf8")) as Declared;
  const [from, to] = [addDays(today, 60), addDays(today, 60 + 364)];
  const stands = { assessedOn: addDays(today, -60), validUntil: addDays(today, 900) };
  const { legal, technical, pledge } = form.form as Record<string, Record<string, never>>;
  return {
    ...form,
    testPeriod: { from, to },
    form: {
      ...{ ...form.form, operatesFrom: from },
      ...{ legal: { ...legal, ...stands }, technical: { ...technical, ...stands } },
      pledge: { ...pledge, validUntil: stands.validUntil },
    },
  };
}

const KEY = {
  name: "key.pem",
  mimeType: "text/plain",
  buffer: Buffer.from(
    generateKeyPairSync("ed25519").privateKey.export({ type: "pkcs8", format: "pem" }),
  ),
};

/** Goes to the application by the console's navigation. */
export async function toApplication(walker: Walker): Promise<void> {
  await walker.turnTo("申报", "Applications");
  await walker.follow(...NAME);
  await walker.page.locator("h1", { hasText: walker.walk.say(NAME) }).waitFor();
}

/** Signs the version on file with the signer's own key, as the act says. */
export async function sign(walker: Walker, act: Said): Promise<void> {
  await walker.take(...act);
  await walker.page.locator("#key-file").setInputFiles(KEY);
  await walker.reads("已用密钥", "Signed with key");
  await walker.record(...act);
}

async function declare(walk: Walk): Promise<void> {
  const drafter = await walk.staff("顾起草");
  await drafter.turnTo("申报", "Applications");
  await drafter.follow("起草声明书", "Draft a declaration");
  const declared = declarationAt(await walk.visits.now());
  const [bank] = declared["institutions"] as readonly Readonly<Record<string, string>>[];
  const institutions = [{ ...bank, uscc: WRONG_CODE }];
  // The exit plan is not typed from nothing: it begins as another pilot's.
  const typed = { ...declared, institutions, form: { ...declared.form, exitPlan: null } };
  const fieldless = await typeDeclaration(drafter, typed, [AGREEMENT]);
  assert.deepEqual(fieldless, ["form-pledge-currency"], "there is one currency to pledge in");
  await planExit(drafter);
  await drafter.press("保存草稿", "Save the draft");
  const fault = walk.say(["校验位不对", "its check character does not fit"]);
  await drafter.main.getByRole("alert").getByRole("link", { name: fault }).click();
  const code = drafter.page.locator("#institutions-0-uscc");
  assert.equal(await code.evaluate((field) => field === document.activeElement), true);
  await drafter.look("fault");
  await code.fill(bank?.["uscc"] ?? "");
  await drafter.record("保存草稿", "Save the draft");
  await drafter.reads("填写完整，可以签署提交。", "It is complete and can be signed.");
  await drafter.look("drafted");
  await enrolAndSign(walk);
  await drafter.turnTo("申报", "Applications");
  await drafter.reads("已申报", "Submitted");
}

/** The first signature of the institution: a key is enrolled, by somebody who drafted nothing. */
async function enrolAndSign(walk: Walk): Promise<void> {
  const signer = await walk.staff("罗签署");
  await signer.turnTo("申报", "Applications");
  await signer.reads("待您处理", "Waiting for you");
  await signer.follow("签名密钥", "Signing keys");
  await signer.page.locator("#enrol-file").setInputFiles(KEY);
  await signer.reads("密钥已登记。", "The key is enrolled.");
  await signer.look("signing-keys");
  await toApplication(signer);
  await sign(signer, ["签署并提交", "Sign and submit"]);
}

const REASON: Said = ["写明退款的时限。", "Say within which time refunds are made."];
const SUMMARY: Said = [
  "渡口小额支付的虚构试点，退款三日内到账。",
  "A fictional pilot of small payments at ferries; refunds arrive within three days.",
];

async function returnIt(walk: Walk): Promise<void> {
  const officer = await walk.staff("李监管");
  await toApplication(officer);
  await officer.take("退回修改", "Return it");
  await officer.both("reason1", REASON);
  await officer.look("return");
  await officer.record("退回修改", "Return it");
  const drafter = await walk.staff("顾起草");
  await toApplication(drafter);
  await drafter.reads(...REASON);
  await drafter.follow("修改声明书", "Edit the declaration");
  await drafter.fill("summary-zh", SUMMARY[0]);
  await drafter.fill("summary-en", SUMMARY[1]);
  await drafter.record("保存为新的一版", "Save as a new version");
  await drafter.follow("与第1版对照", "Compare with version 1");
  await drafter.reads(
    "只是文字修改，不需要重新公示。",
    "The change is editorial; the public need not",
  );
  await drafter.reads(...SUMMARY);
  await drafter.look("differences");
  const signer = await walk.staff("罗签署");
  await toApplication(signer);
  await sign(signer, ["签署并提交", "Sign and submit"]);
  await toApplication(officer);
  await officer.take("受理", "Take it into review");
  await officer.record("受理", "Take it into review");
  await officer.reads(
    "监管机构决定公示或不予登记",
    "The supervisor publishes it for comment or refuses",
  );
}

export const DECLARE: Journey = { number: 1, noun: ["申报", "declaring"], walk: declare };
export const RETURN: Journey = { number: 2, noun: ["退回", "returning"], walk: returnIt };
