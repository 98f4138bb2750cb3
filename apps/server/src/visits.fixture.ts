/**
 * A whole Sandbank with its console, and the demo's people in browsers of their own: who has signed
 * in stays so, and what they see is looked at. Screenshots go to the folder named by SANDBANK_SHOTS.
 */
import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fromIso, type Instant, toIso } from "@sandbank/kernel/clock";
import { type Config, limits } from "@sandbank/kernel/config";
import { isRefusal } from "@sandbank/kernel/words";
import { browser, lookAt, type LookOptions, type TestBrowser } from "@sandbank/ui/testing";
import type { BrowserContext, Page } from "playwright-core";
import { type Sandbank, startSandbank } from "./compose.ts";
import { sharedPages } from "./pages.fixture.ts";

export interface Demo {
  readonly people: readonly {
    readonly id: string;
    readonly name: { readonly zh: string };
    readonly face: string;
    readonly link: string;
  }[];
  readonly keys: readonly {
    readonly organisation: string;
    readonly name: string;
    readonly key: string;
  }[];
}

const DAY_MS = 86_400_000;

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
   * Starts the server and waits for its pages; `early` may look while they are being built. `name`
   * leads the names of screenshots. Letters go nowhere and nothing is furnished unless `more` says so.
   */
  static async start(
    name: string,
    early?: (sandbank: Sandbank) => Promise<void>,
    more: Pick<Config, "post" | "furnished"> = {},
  ): Promise<Visits> {
    const folder = mkdtempSync(join(tmpdir(), `sandbank-${name}-`));
    const keyParts = [join(folder, "keys", "part-1"), join(folder, "keys", "part-2")] as const;
    const usual = { port: 0, dataFolder: folder, keyParts, mode: "demo", limits } as const;
    const sandbank = await startSandbank({ ...usual, ...sharedPages(), ...more });
    assert.ok(!isRefusal(sandbank));
    try {
      await early?.(sandbank);
      const [chromium] = await Promise.all([browser(), sandbank.pages.built]);
      return new Visits({ name, sandbank, chromium, folder });
    } catch (error) {
      // What was begun would keep the process of the test for ever.
      await sandbank.end();
      throw error;
    }
  }

  async end(): Promise<void> {
    await this.chromium.close();
    await this.sandbank.end();
    rmSync(this.#folder, { recursive: true, force: true });
  }

  get demo(): Demo {
    return JSON.parse(readFileSync(join(this.#folder, "demo.json"), "utf8")) as Demo;
  }

  /** Business time. */
  async now(): Promise<Instant> {
    const read = await fetch(`${this.sandbank.origin}/api/clock`);
    return fromIso(((await read.json()) as { now: string }).now);
  }

  /** Turns the clock of the demonstration by whole days. */
  async turnClock(days: number): Promise<void> {
    const to = toIso(((await this.now()) + days * DAY_MS) as Instant);
    await this.send("/api/clock", { to }, "platform/clock");
  }

  /** Sends as a program would, with a key of the demo such as `platform/clock`, or with none. */
  async send<Answer>(path: string, body: object, of?: string): Promise<Answer> {
    const key = this.demo.keys.find((one) => `${one.organisation}/${one.name}` === of)?.key;
    const headers = {
      "content-type": "application/json",
      ...(key === undefined ? {} : { authorization: `Bearer ${key}` }),
    };
    const sent = { method: "POST", headers, body: JSON.stringify(body) };
    const answer = await fetch(`${this.sandbank.origin}${path}`, sent);
    const said: unknown = await answer.json();
    assert.ok(answer.ok, JSON.stringify(said));
    return said as Answer;
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
    const found = this.demo.people.find((one) => one.name.zh === person);
    assert.ok(found, `the demo has no ${person}`);
    const context = await this.chromium.open({ width: 1440 });
    this.#signedIn.set(person, context);
    const page = await context.newPage();
    await page.goto(found.link);
    await page.locator("form button[type=submit]").click();
    const [path, title] = found.face === "bank" ? ["bank", "我的智令"] : ["console", "今日"];
    await page.waitForURL(new RegExp(`/zh/${path}/$`));
    await page.getByRole("heading", { name: title, level: 1 }).waitFor();
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
export async function faultsOf(page: Page, options?: LookOptions): Promise<string[]> {
  await page.evaluate(() => {
    const top = document.createElement("span");
    top.tabIndex = -1;
    document.body.prepend(top);
    top.focus();
    top.remove();
  });
  return lookAt(page, options);
}
