/**
 * What a careful person would find fault with on a page, as a list of sentences: overflow, clipped
 * text, targets too small to hit, low contrast, what axe-core calls serious, controls that the
 * keyboard does not reach, focus that cannot be seen, a missing title or language. An empty list is
 * a pass. It judges the page as it stands, at the width of its window.
 */
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import type { Page } from "playwright-core";
import {
  cutFaults,
  markControls,
  markKinds,
  noteStops,
  openEyes,
  overflowFaults,
  stopsNoted,
  targetFaults,
  unmarkKinds,
} from "./look.page.ts";

export interface LookOptions {
  /** Smallest side of what can be pressed, in CSS pixels: 44, and 60 on the till and for elders. */
  readonly target_px?: number;
  /** Rules of axe-core to leave out, each with the reason in the test that leaves it out. */
  readonly without?: readonly string[];
}

interface AxeResult {
  readonly violations: readonly {
    readonly id: string;
    readonly impact: string | null;
    readonly help: string;
    readonly nodes: readonly { readonly target: readonly string[]; readonly html: string }[];
  }[];
}

const TARGET_PX = 44;
const TABS_MAX = 400;
let axe: Promise<string> | undefined;

/** Every fault of the page, each in one sentence with the element that has it. */
export async function lookAt(page: Page, options: LookOptions = {}): Promise<string[]> {
  await page.evaluate(() => document.fonts.ready);
  await page.evaluate(openEyes);
  return [
    ...(await headFaults(page)),
    ...(await page.evaluate(overflowFaults)),
    ...(await page.evaluate(cutFaults)),
    ...(await page.evaluate(targetFaults, options.target_px ?? TARGET_PX)),
    ...(await axeFaults(page, options.without ?? [])),
    ...(await keyboardFaults(page)),
  ];
}

async function headFaults(page: Page): Promise<string[]> {
  const faults: string[] = [];
  if ((await page.title()).trim() === "") faults.push("the page has no title");
  const lang = await page.locator("html").getAttribute("lang");
  if (lang === null || !/^(zh-Hans|en)$/.test(lang)) faults.push(`the page says lang="${lang}"`);
  return faults;
}

/** Contrast is most of what axe does: it judges one element of each kind that `markKinds` marks. */
const CONTRAST = { id: "color-contrast", selector: "[data-kind]" } as const;

async function axeFaults(page: Page, without: readonly string[]): Promise<string[]> {
  if (!(await page.evaluate(() => "axe" in globalThis))) {
    axe ??= readFile(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
    const configured = JSON.stringify({ rules: [CONTRAST] });
    // Evaluated by the debugger and not as a script element, so that no content policy stands in the way.
    await page.evaluate(`${await axe};\naxe.configure(${configured});`);
  }
  await page.evaluate(markKinds);
  const rules = Object.fromEntries(without.map((id) => [id, { enabled: false }]));
  const asked = JSON.stringify({ resultTypes: ["violations"], rules });
  const result = await page.evaluate(`axe.run(document, ${asked})`);
  await page.evaluate(unmarkKinds);
  return (result as AxeResult).violations
    .filter(({ id, impact }) => impact === "serious" || impact === "critical" || id === "region")
    .flatMap(({ id, help, nodes }) =>
      nodes.map(
        (node) => `axe ${id}: ${help}: ${node.target.join(" ")} ${node.html.slice(0, 120)}`,
      ),
    );
}

/** Tab from the top must meet every control once, in the order of the page, each visibly focused. */
async function keyboardFaults(page: Page): Promise<string[]> {
  const faults: string[] = [];
  const expected = await page.evaluate(markControls);
  const met: number[] = [];
  await page.evaluate(() => {
    (document.activeElement as HTMLElement | null)?.blur();
    scrollTo(0, 0);
  });
  await page.evaluate(noteStops);
  const presses = Math.min(expected.length + 2, TABS_MAX);
  // None waits for the one before: the browser takes keys in the order in which they are sent.
  await Promise.all(Array.from({ length: presses }, () => page.keyboard.press("Tab")));
  for (const stop of await page.evaluate(stopsNoted)) {
    if (stop === null || met.includes(stop.at)) break;
    met.push(stop.at);
    if (!stop.seen) faults.push(`focus cannot be seen: ${stop.name}`);
  }
  expected.forEach((control, at) => {
    if (!met.includes(at)) faults.push(`the keyboard does not reach: ${control.name}`);
  });
  if (met.some((at, place) => place > 0 && at < (met[place - 1] ?? 0))) {
    faults.push(`Tab does not follow the order of the page: ${met.join(" ")}`);
  }
  return [...faults, ...(await skipFaults(page))];
}

/** The first Tab is the skip link, and Enter on it moves the focus into the main part. */
async function skipFaults(page: Page): Promise<string[]> {
  const skip = page.locator("a.skip");
  if ((await skip.count()) === 0) return ["there is no skip link"];
  await page.evaluate(() => {
    (document.activeElement as HTMLElement | null)?.blur();
    scrollTo(0, 0);
  });
  await page.locator("a.skip").focus();
  await page.keyboard.press("Enter");
  const inMain = await page.evaluate(() => {
    const active = document.activeElement;
    return active !== null && active.id === location.hash.slice(1) && active.tagName === "MAIN";
  });
  return inMain ? [] : ["the skip link does not move the focus to the main part"];
}
