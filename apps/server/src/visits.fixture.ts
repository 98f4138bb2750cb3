/**
 * A whole Sandbank with its console, and the demo's people in browsers of their own: who has signed
 * in stays so, and what they see is looked at. Screenshots go to the folder named by SANDBANK_SHOTS.
 */
import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { limits } from "@sandbank/kernel/config";
import { isRefusal } from "@sandbank/kernel/words";
import { browser, lookAt, type TestBrowser } from "@sandbank/ui/testing";
import type { BrowserContext, Page } from "playwright-core";
import { type Sandbank, startSandbank } from "./compose.ts";

export interface Demo {
  readonly people: readonly { readonly name: { readonly zh: string }; readonly link: string }[];
  readonly keys: readonly {
    readonly organisation: string;
    readonly name: string;
    readonly key: string;
  }[];
}

export class Visits {
  readonly name: string;
  readonly sandbank: Sandbank;
  readonly chromium: TestBrowser;
  readonly #folder: string;
  readonly #signedIn = new Map<string, BrowserContext>();

  private constructor(of: {
    readonly name: string;
    readonly sandbank: Sandbank;
    readonly chromium: TestBrowser;
    readonly folder: string;
  }) {
    this.name = of.name;
    this.sandbank = of.sandbank;
    this.chromium = of.chromium;
    this.#folder = of.folder;
  }

  /**
   * Starts the server and waits for the console's pages; `early` may look while they are being built.
   * `name` leads the names of screenshots.
   */
  static async start(name: string, early?: (sandbank: Sandbank) => Promise<void>): Promise<Visits> {
    const folder = mkdtempSync(join(tmpdir(), `sandbank-${name}-`));
    const config = { port: 0, dataFolder: folder, mode: "demo", limits } as const;
    const sandbank = await startSandbank(config);
    assert.ok(!isRefusal(sandbank));
    await early?.(sandbank);
    const [chromium] = await Promise.all([browser(), sandbank.pages.built]);
    return new Visits({ name, sandbank, chromium, folder });
  }

  async end(): Promise<void> {
    await this.chromium.close();
    await this.sandbank.end();
    rmSync(this.#folder, { recursive: true, force: true });
  }

  get demo(): Demo {
    return JSON.parse(readFileSync(join(this.#folder, "demo.json"), "utf8")) as Demo;
  }

  /** A page of somebody who is signed in, by the Chinese name; each link of the demo is used once. */
  async open(person: string, path: string, width = 1440): Promise<Page> {
    const page = await this.blank(person);
    await page.setViewportSize({ width, height: width < 500 ? 780 : 900 });
    await page.goto(`${this.sandbank.origin}${path}`);
    return page;
  }

  /** A page that has gone nowhere yet. */
  async blank(person: string): Promise<Page> {
    return (await this.#contextOf(person)).newPage();
  }

  async #contextOf(person: string): Promise<BrowserContext> {
    const known = this.#signedIn.get(person);
    if (known !== undefined) return known;
    const link = this.demo.people.find((one) => one.name.zh === person)?.link;
    assert.ok(link, `the demo has no ${person}`);
    const context = await this.chromium.open({ width: 1440 });
    this.#signedIn.set(person, context);
    const page = await context.newPage();
    await page.goto(link);
    await page.locator("form button[type=submit]").click();
    await page.waitForURL(/\/zh\/console\/$/);
    await page.getByRole("heading", { name: "今日", level: 1 }).waitFor();
    await page.close();
    return context;
  }

  async shoot(page: Page, name: string): Promise<void> {
    const shots = process.env["SANDBANK_SHOTS"];
    if (shots === undefined) return;
    mkdirSync(shots, { recursive: true });
    await page.screenshot({ path: join(shots, `${this.name}-${name}.png`), fullPage: true });
  }
}

/** What is wrong with a page in use: looked at from its top, wherever the focus was before. */
export async function faultsOf(page: Page): Promise<string[]> {
  await page.evaluate(() => {
    const top = document.createElement("span");
    top.tabIndex = -1;
    document.body.prepend(top);
    top.focus();
    top.remove();
  });
  return lookAt(page);
}
