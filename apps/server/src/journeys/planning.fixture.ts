/**
 * The exit plan of journey 1: begun from the plan of another pilot, cut down and put in order by
 * key, and filled in until nothing that the declaration can leave open is left open.
 */
import assert from "node:assert/strict";
import type { Walker } from "./walk.fixture.ts";

const STEPS = "form-exitPlan-steps";

/** Days and fen of each step that stays, in their order. */
const TERMS = [
  ["1", "0"],
  ["10", "2000000"],
  ["7", "0"],
  ["30", "5000000"],
  ["60", "10000000"],
  ["5", "0"],
] as const;

/** Takes the plan of payment tokens without its scenes and keys, which a ferry has not. */
export async function planExit(drafter: Walker): Promise<void> {
  const { walk, page } = drafter;
  const sections = drafter.main.locator("nav[aria-labelledby=sections]");
  await sections.getByRole("link", { name: walk.say(["退出机制", "Exit"]) }).click();
  await page.locator("#template").selectOption("payment-tokens");
  await drafter.press("取用模板", "Take this template");
  await remove(drafter, 7, "destroy_keys");
  await remove(drafter, 3, "cut_off_scenes");
  await inOrder(drafter);
  for (const [at, [days, cost]] of TERMS.entries()) {
    await drafter.fill(`${STEPS}-${at}-days`, days);
    if (at === TERMS.length - 1) await drafter.reads("还有1处不完整", "incomplete in places: 1");
    await drafter.fill(`${STEPS}-${at}-costFen`, cost);
  }
  await drafter.reads("退出方案完整", "The exit plan is complete");
  await drafter.look("exit-plan");
}

const idAt = (drafter: Walker, at: number) =>
  drafter.page.locator(`[id="${STEPS}-${at}-id"]`).inputValue();

async function remove(drafter: Walker, number: number, id: string): Promise<void> {
  assert.equal(await idAt(drafter, number - 1), id);
  await drafter.press(`删去退出步骤 ${number}`, `Remove Step of the exit ${number}`);
}

/** By key alone: what settles is moved before the stop, is named a flaw, and goes back again. */
async function inOrder(drafter: Walker): Promise<void> {
  const { page } = drafter;
  const has = (button: string) =>
    page.waitForFunction((id) => document.activeElement?.id === id, `${STEPS}-${button}`);
  await page.locator(`[id="${STEPS}-2-up"]`).focus();
  await page.keyboard.press("Enter");
  await has("1-up");
  await page.keyboard.press("Enter");
  await drafter.reads("在业务全部停止之前就要了结", "settles what can still grow");
  assert.equal(await idAt(drafter, 0), "finish_authorisations");
  await has("0-down");
  await page.keyboard.press("Enter");
  await has("1-down");
  await page.keyboard.press("Enter");
  await has("2-down");
  assert.equal(await idAt(drafter, 2), "finish_authorisations");
}
