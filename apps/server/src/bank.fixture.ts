/**
 * A customer of the demonstration's bank in a browser, and the world around: money on cards, payments
 * by a shop's key. What the customer does is done by mouse or keyboard on the app's own pages, in one
 * language and at one width.
 */
import assert from "node:assert/strict";
import type { Lang } from "@sandbank/kernel/words";
import type { Page } from "playwright-core";
import { faultsOf, type Visits } from "./visits.fixture.ts";

export type Said = readonly [zh: string, en: string];

const WAIT_MS_MAX = 20_000;

/** A card of the demonstration: of a range that no card has, with its check digit. */
export const CARD = "9999 0200 0000 0010";

export class Customer {
  readonly visits: Visits;
  readonly page: Page;
  readonly lang: Lang;
  readonly width: number;
  /** Id of the person, which is the holder of everything that is his. */
  readonly holder: string;

  private constructor(of: Pick<Customer, "visits" | "page" | "lang" | "width" | "holder">) {
    this.visits = of.visits;
    this.page = of.page;
    this.lang = of.lang;
    this.width = of.width;
    this.holder = of.holder;
  }

  /** Somebody of the demonstration, by the Chinese name, on the app's first page. */
  static async enter(
    visits: Visits,
    person: string,
    { lang, width }: { readonly lang: Lang; readonly width: number },
  ): Promise<Customer> {
    const found = visits.demo.people.find((one) => one.name.zh === person);
    assert.ok(found);
    const page = await visits.open(person, `/${lang}/bank/`, width);
    page.setDefaultTimeout(WAIT_MS_MAX);
    const customer = new Customer({ visits, page, lang, width, holder: found.id });
    await customer.reads(["我的智令", "My tokens"]);
    return customer;
  }

  say([zh, en]: Said): string {
    return this.lang === "zh" ? zh : en;
  }

  get main() {
    return this.page.locator("main");
  }

  /** Follows the first link with exactly these words. */
  async follow(said: Said): Promise<void> {
    const link = this.page.getByRole("link", { name: this.say(said), exact: true });
    await link.filter({ visible: true }).first().click();
  }

  async press(said: Said): Promise<void> {
    await this.main.getByRole("button", { name: this.say(said), exact: true }).click();
  }

  /** Waits for the page with this title. */
  async titled(said: Said): Promise<void> {
    await this.page.getByRole("heading", { level: 1, name: this.say(said) }).waitFor();
  }

  async reads(said: Said): Promise<void> {
    const found = this.main.getByText(this.say(said)).filter({ visible: true });
    await found.first().waitFor();
  }

  async fill(id: string, value: string): Promise<void> {
    await this.page.locator(`#${id}`).fill(value);
  }

  /** Nothing is wrong with the page as it stands; its picture is kept under the name. */
  async look(name: string, target_px = 44): Promise<void> {
    await this.page.locator("[aria-busy=true]").first().waitFor({ state: "detached" });
    const called = `${this.lang}-${this.width}-${name}`;
    await this.visits.shoot(this.page, called);
    assert.deepEqual(await faultsOf(this.page, { target_px }), [], called);
  }

  /** Goes to an address of the app, as a bookmark would. */
  async go(path: string): Promise<void> {
    await this.page.goto(`${this.visits.sandbank.origin}/${this.lang}/bank/${path}`);
    await this.page.locator("h1").waitFor();
    await this.page.locator("[aria-busy=true]").first().waitFor({ state: "detached" });
  }

  /** Puts money on the person's newest card, as staff of the bank would. */
  async fund(amount: string): Promise<void> {
    const { cards } = await this.ask<{ cards: { id: string }[] }>("/api/cards");
    await this.visits.send(`/api/cards/${cards[0]?.id}/funds`, { amount }, "sandbar-bank/operator");
  }

  /** What the app itself would be told, with the issuer's eyes. */
  async ask<Answer>(path: string): Promise<Answer> {
    const key = this.visits.demo.keys.find(
      (one) => one.organisation === "sandbar-bank" && one.name === "operator",
    )?.key;
    const { origin } = this.visits.sandbank;
    const answer = await fetch(`${origin}${path}?holder=${this.holder}`, {
      headers: { authorization: `Bearer ${key}` },
    });
    assert.ok(answer.ok, path);
    return (await answer.json()) as Answer;
  }

  /** The shop asks for a payment with the person's newest token; answers with what it was told. */
  async pay(amount: string, order: string): Promise<{ readonly code?: string }> {
    const { tokens } = await this.ask<{ tokens: { number: string }[] }>("/api/tokens");
    const { demo, sandbank } = this.visits;
    const key = demo.keys.find((one) => one.organisation === "farsail-travel")?.key;
    const body = {
      ...{ token: tokens[0]?.number, amount, currency: "CNY", merchant: "farsail" },
      ...{ mcc: "4511", channel: "app", scene: "flights", reference: order },
    };
    const answer = await fetch(`${sandbank.origin}/api/authorisations`, {
      method: "POST",
      headers: { "content-type": "application/json", authorization: `Bearer ${key}` },
      body: JSON.stringify(body),
    });
    return (await answer.json()) as { readonly code?: string };
  }

  async leave(): Promise<void> {
    await this.page.close();
  }
}
