/**
 * A whole declaration typed into the console's editor, section by section: texts, numbers, choices,
 * files, lists that grow by a press. What stands in the fields is asked of the page, so that a field
 * of the declaration for which the editor has none is found out.
 */
import assert from "node:assert/strict";
import type { Locator } from "playwright-core";
import type { Walker } from "./walk.fixture.ts";

type Value =
  | null
  | string
  | number
  | boolean
  | readonly Value[]
  | { readonly [key: string]: Value };
export type Declared = Readonly<Record<string, Value>> & {
  readonly form: Readonly<Record<string, Value>>;
};

/** What no section asks for: numbers are given, and only a report has a source. */
const NEVER_TYPED: readonly string[] = ["number", "source", "form"];
/** Inside of a provision these follow from the form itself. */
const FOLLOWS: readonly string[] = ["from", "clause"];

/** A file to be put in where the declaration holds none. */
export interface Enclosed {
  readonly path: string;
  readonly name: string;
  readonly text: string;
}

/** Types all of it and answers with what the editor had no field for. */
export async function typeDeclaration(
  walker: Walker,
  declared: Declared,
  enclosed: readonly Enclosed[],
): Promise<readonly string[]> {
  const typist = new Typist(walker);
  const left = new Map<string, Value>(partsOf(declared));
  const sections = walker.main.locator("nav[aria-labelledby=sections] li");
  const count = await sections.count();
  for (let at = 0; at < count; at++) {
    await sections.nth(at).getByRole("link").click();
    await sections.nth(at).locator("a[aria-current]").waitFor();
    const ids = await typist.ids();
    const here = [...left].filter(([path]) => ids.some((id) => isBelow(id, path)));
    for (const [path, value] of here) {
      await typist.type(path, value);
      left.delete(path);
    }
    for (const one of enclosed.filter(({ path }) => ids.includes(path))) await typist.enclose(one);
  }
  const rest = [...left].filter(([, value]) => value !== null).map(([path]) => path);
  return [...typist.fieldless, ...rest];
}

/** What stands in sections of its own, by the path of its fields. */
function partsOf(declared: Declared): (readonly [string, Value])[] {
  const own = Object.entries(declared).filter(([name]) => !NEVER_TYPED.includes(name));
  const form = Object.entries(declared.form).map(
    ([name, value]) => [`form-${name}`, value] as const,
  );
  return [...own, ...form];
}

function isBelow(id: string, path: string): boolean {
  return id === path || id.startsWith(`${path}-`);
}

/** A named part of the section that is open. */
interface Part {
  readonly tag: string;
  /** True for the button that begins a part which is not there yet. */
  readonly begins: boolean;
}

/**
 * Types values into the fields of the section that is open, each by its path. What stands there is
 * read at once, and again after a press that brings more.
 */
class Typist {
  readonly #walker: Walker;
  #parts: ReadonlyMap<string, Part> = new Map();
  /** Paths for which there was no field. */
  readonly fieldless: string[] = [];

  constructor(walker: Walker) {
    this.#walker = walker;
  }

  /** Every named part of the section that is open. */
  async ids(): Promise<readonly string[]> {
    await this.#read();
    return [...this.#parts.keys()];
  }

  async #read(): Promise<void> {
    const begin = this.#walker.walk.say(["填写", "Fill in:"]);
    const found = await this.#walker.main
      .locator("section[aria-labelledby=section] [id]")
      .evaluateAll(
        (all, first) =>
          all.map(({ id, tagName, textContent }): [string, Part] => [
            id,
            { tag: tagName, begins: textContent.startsWith(first) },
          ]),
        begin,
      );
    this.#parts = new Map(found);
  }

  #at(path: string): Locator {
    return this.#walker.page.locator(`[id="${path}"]`);
  }

  async enclose({ path, name, text }: Enclosed): Promise<void> {
    const file = { name, mimeType: "text/plain", buffer: Buffer.from(text) };
    await this.#at(path).setInputFiles(file);
    await this.#walker.main.getByText(name).first().waitFor();
  }

  async type(path: string, value: Value): Promise<void> {
    if (value === null) return undefined;
    await this.#begin(path);
    if (Array.isArray(value)) return this.#typeList(path, value as readonly Value[]);
    if (typeof value === "object") {
      return this.#typeParts(path, value as { readonly [key: string]: Value });
    }
    const [field, part] = [this.#at(path), this.#parts.get(path)];
    if (part === undefined) return void this.fieldless.push(path);
    if (typeof value === "boolean") return field.setChecked(value);
    if (part.tag === "SELECT") await field.selectOption(String(value));
    else await field.fill(String(value));
    return undefined;
  }

  /** A part that is not there yet is begun by a press on its own button. */
  async #begin(path: string): Promise<void> {
    if (this.#parts.get(path)?.begins === true) await this.#press(path);
  }

  /** A press that brings more fields. */
  async #press(path: string): Promise<void> {
    await this.#at(path).click();
    await this.#read();
  }

  async #typeParts(path: string, parts: { readonly [key: string]: Value }): Promise<void> {
    const isProvision = FOLLOWS.every((name) => name in parts);
    for (const [name, part] of Object.entries(parts)) {
      if (isProvision && FOLLOWS.includes(name)) continue;
      await this.type(`${path}-${name}`, part);
    }
  }

  async #typeList(path: string, values: readonly Value[]): Promise<void> {
    const field = this.#at(path);
    const tag = this.#parts.get(path)?.tag;
    if (tag === "TEXTAREA") return field.fill(values.join("\n"));
    if (tag === "INPUT") {
      for (const value of values) {
        const named = `${path}-${String(value)}`;
        // The first choice of a group has the name of the group alone.
        await (this.#parts.has(named) ? this.#at(named) : field).check();
      }
      return undefined;
    }
    assert.equal(tag, "BUTTON", `${path} is no list`);
    for (const [at, value] of values.entries()) {
      await this.#press(path);
      await this.type(`${path}-${at}`, value);
    }
    return undefined;
  }
}
