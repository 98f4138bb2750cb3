/**
 * People on their way through the pages, by mouse: they sign in once by their link, and from then on
 * follow links and press buttons by their words, in one language and at one width. No address is
 * typed where a page has a link.
 */
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { noBrowser, USUAL_WAYS, type Way } from "@sandbank/ui/testing";
import type { BrowserContext, Locator, Page } from "playwright-core";
import { faultsOf, Visits } from "../visits.fixture.ts";

/** The same in both languages. */
export type Said = readonly [zh: string, en: string];

const [CHINESE_PHONE, ENGLISH_DESK] = USUAL_WAYS;

function sizeOf(width: Way["width"]) {
  return { width, height: width === 360 ? 780 : 900 };
}

const isLong = process.env["SANDBANK_LONG"] === "1";

/** Which journeys are in Chinese; a long run walks all of them in both languages. */
export const WAYS = isLong ? (["odd", "even"] as const) : (["odd"] as const);

/** `odd`: odd journeys on a phone in Chinese, even ones at a desk in English; `even` the other way. */
function wayOf(journey: number, chinese: "odd" | "even"): Way {
  const isOdd = journey % 2 === 1;
  return isOdd === (chinese === "odd") ? CHINESE_PHONE : ENGLISH_DESK;
}

/** Nothing that a page says takes this long, also where a machine has much to do. */
const WAIT_MS_MAX = 20_000;

/** A person takes longer than this to fill a form in; the server takes a quicker one for a machine. */
const FILLED_MS = 3_100;

/** One journey: everybody who has a part in it, and what was wrong with the pages on the way. */
export class Walk {
  readonly visits: Visits;
  readonly way: Way;
  readonly name: string;
  readonly faults: string[] = [];
  readonly #open: (Page | BrowserContext)[] = [];

  constructor(visits: Visits, way: Way, name: string) {
    this.visits = visits;
    this.way = way;
    this.name = name;
  }

  say([zh, en]: Said): string {
    return this.way.lang === "zh" ? zh : en;
  }

  /** Somebody of the staff, by the Chinese name, on the console's first page. */
  async staff(person: string): Promise<Walker> {
    const page = await this.visits.blank(person);
    this.#open.push(page);
    page.setDefaultTimeout(WAIT_MS_MAX);
    await page.setViewportSize(sizeOf(this.way.width));
    await page.goto(`${this.visits.sandbank.origin}/${this.way.lang}/console/`);
    await page.getByRole("heading", { name: this.say(["今日", "Today"]), level: 1 }).waitFor();
    return new Walker(this, page);
  }

  /** Somebody of the public without an account and without scripts, on the register. */
  async stranger(): Promise<Walker> {
    const { chromium, sandbank } = this.visits;
    const context = await chromium.open({ width: this.way.width, javaScript: false });
    this.#open.push(context);
    const page = await context.newPage();
    page.setDefaultTimeout(WAIT_MS_MAX);
    await page.goto(`${sandbank.origin}/${this.way.lang}/`);
    return new Walker(this, page);
  }

  /** Pictures of every page as it stands, for whoever asks why a journey came no further. */
  async shootAll(): Promise<void> {
    const pages = this.#open.flatMap((one) => ("pages" in one ? one.pages() : [one]));
    for (const [at, page] of pages.entries()) {
      if (!page.isClosed()) await this.visits.shoot(page, `${this.name}-stopped-${at}`);
    }
  }

  /** Closes every page. */
  async end(): Promise<void> {
    for (const one of this.#open.splice(0)) await one.close();
  }
}

export interface Journey {
  readonly number: number;
  /** What it is, in both languages. */
  readonly noun: Said;
  walk(walk: Walk): Promise<void>;
}

/**
 * Journeys as tests, each begun where the one before has ended. Whatever happens their pages are
 * closed, and none that was looked at has a fault; after one that failed the others are not walked.
 */
export function journeys(
  name: string,
  chinese: (typeof WAYS)[number],
  all: readonly Journey[],
): void {
  let visits: Visits | undefined;
  let stopped: string | undefined;
  before(async () => {
    if (noBrowser === false) visits = await Visits.start(name);
  });
  after(() => visits?.end());
  for (const { number, noun, walk } of all) {
    const way = wayOf(number, chinese);
    const title = `旅程 journey ${number}: ${noun.join(" ")}, ${way.lang} ${way.width} px`;
    test(title, { skip: noBrowser }, async () => {
      assert.ok(visits !== undefined && stopped === undefined, `not walked: ${stopped}`);
      stopped = title;
      const walking = new Walk(visits, way, `journey-${number}`);
      try {
        await walk(walking);
      } catch (failure) {
        await walking.shootAll();
        throw failure;
      } finally {
        await walking.end();
      }
      stopped = undefined;
      assert.deepEqual(walking.faults, []);
    });
  }
}

/** One person on one page at a time. */
export class Walker {
  readonly walk: Walk;
  readonly page: Page;

  constructor(walk: Walk, page: Page) {
    this.walk = walk;
    this.page = page;
  }

  get main(): Locator {
    return this.page.locator("main");
  }

  /** Goes to a part of the console by its navigation. */
  async turnTo(zh: string, en: string): Promise<void> {
    const word = this.walk.say([zh, en]);
    // A number of things that wait may stand behind the word.
    const link = this.page.locator("header nav").getByRole("link", {
      name: new RegExp(`^${word}\\s*\\d*$`),
    });
    await link.click();
    await this.page.getByRole("heading", { level: 1, name: word, exact: true }).waitFor();
  }

  /** Follows the first link of the page with these words. */
  async follow(zh: string, en: string): Promise<void> {
    const name = this.walk.say([zh, en]);
    await this.main.getByRole("link", { name, exact: true }).first().click();
  }

  /** Follows the first link that has these words in it. */
  async followTo(zh: string, en: string): Promise<void> {
    await this.main
      .getByRole("link", { name: this.walk.say([zh, en]) })
      .first()
      .click();
  }

  async press(zh: string, en: string): Promise<void> {
    const name = this.walk.say([zh, en]);
    await this.main.getByRole("button", { name, exact: true }).click();
  }

  /** Waits until the page says it. */
  async reads(zh: string, en: string): Promise<void> {
    const found = this.main.getByText(this.walk.say([zh, en])).filter({ visible: true });
    await found.first().waitFor();
  }

  /** Opens the form of an act; the link to it has the name of the act, as its button has. */
  async take(zh: string, en: string): Promise<void> {
    await this.enter([zh, en], [zh, en]);
  }

  /** Follows a link to a form and waits until its button is there. */
  async enter(link: Said, button: Said): Promise<void> {
    await this.follow(...link);
    const name = this.walk.say(button);
    await this.main.getByRole("button", { name, exact: true }).waitFor();
  }

  /** Sends the form of an act, reads that it is recorded, and goes back to what it was about. */
  async record(zh: string, en: string): Promise<void> {
    await this.press(zh, en);
    await this.comesBack(["已记录", "Recorded"]);
  }

  /** The same for an act that another person must approve. */
  async propose(zh: string, en: string): Promise<void> {
    await this.press(zh, en);
    await this.comesBack(["已提出，等待批准", "Proposed; another person must approve"]);
  }

  async comesBack(came: Said): Promise<void> {
    await this.page.getByRole("heading", { name: this.walk.say(came), level: 1 }).waitFor();
    await this.follow("返回", "Back");
  }

  /** Finds on the first page what waits for a decision, approves it, and reads that it is in force. */
  async approve(about: Said, button: Said): Promise<void> {
    await this.followTo(...about);
    await this.main.getByRole("button", { name: this.walk.say(button), exact: true }).waitFor();
    await this.look(`approve-${button[1].toLowerCase().replaceAll(" ", "-")}`);
    await this.press(...button);
    const done = this.walk.say(["已批准，现已生效", "Approved and in force"]);
    await this.page.getByRole("heading", { name: done, level: 1 }).waitFor();
  }

  async fill(id: string, value: string): Promise<void> {
    await this.page.locator(`[id="${id}"]`).fill(value);
  }

  /** A field that is written in both languages. */
  async both(name: string, [zh, en]: Said): Promise<void> {
    await this.fill(`${name}_zh`, zh);
    await this.fill(`${name}_en`, en);
  }

  /** Checks the choice with these words. */
  async choose(zh: string, en: string): Promise<void> {
    await this.main.getByLabel(this.walk.say([zh, en]), { exact: true }).check();
  }

  /** Gives a document to a field that computes its hash here and sends that alone. */
  async document(name: string, content: string): Promise<void> {
    const buffer = Buffer.from(content);
    const file = { name: `${name}.txt`, mimeType: "text/plain", buffer };
    await this.page.locator(`#${name}-file`).setInputFiles(file);
    await this.page.waitForFunction(
      (id) => (document.getElementById(id) as HTMLInputElement).value.length === 64,
      name,
    );
  }

  /** Sends a form of the public site, no sooner than a person could have filled it in. */
  async submit(zh: string, en: string): Promise<void> {
    const since = await this.page.evaluate(() => {
      const [came] = performance.getEntriesByType("navigation") as PerformanceNavigationTiming[];
      return performance.now() - (came?.responseEnd ?? 0);
    });
    await this.page.waitForTimeout(Math.max(0, FILLED_MS - since));
    await this.press(zh, en);
  }

  /** Looks for what is wrong with the page as it stands, and keeps its picture. */
  async look(name: string): Promise<void> {
    const { walk, page } = this;
    const { lang, width } = walk.way;
    await page.locator("h1").waitFor();
    await page.locator("[aria-busy]").first().waitFor({ state: "detached" });
    const called = `${walk.name}-${name}-${lang}-${width}`;
    await walk.visits.shoot(page, called);
    walk.faults.push(...(await faultsOf(page)).map((fault) => `${called}: ${fault}`));
  }
}
