/**
 * Server-rendered pages are written as tagged templates. `html` escapes every value it is given;
 * only `Html` passes as it is, and only `raw` makes Html out of text. A value is refused where no
 * escaping can make it safe: in a script, a style, a comment, outside the quotes of an attribute,
 * or as an address with a scheme that runs code.
 */
/** Markup that has been escaped or is known to be safe. */
export class Html {
  readonly #text: string;
  constructor(text: string) {
    this.#text = text;
  }
  toString(): string {
    return this.#text;
  }
}

/** What may stand in a hole. `false`, `null` and `undefined` print nothing, a list prints in order. */
export type Printable =
  | string
  | number
  | bigint
  | Html
  | false
  | null
  | undefined
  | readonly Printable[];

/** Where a hole stands, found once per template from its fixed parts. */
type Place = "text" | "value" | "address" | "attribute";

const ENTITIES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

/** Text made safe for element content and for quoted attribute values. */
export function escapeText(text: string): string {
  return text.replace(/[&<>"']/g, (sign) => ENTITIES[sign] ?? sign);
}

/** Declares that this text is markup already. The only way around escaping; look for it in review. */
export function raw(markup: string): Html {
  return new Html(markup);
}

export const nothing: Html = new Html("");

const places = new WeakMap<TemplateStringsArray, readonly Place[]>();

/** Markup from a template; see the head of this file for what it refuses. */
export function html(parts: TemplateStringsArray, ...values: readonly Printable[]): Html {
  let known = places.get(parts);
  if (known === undefined) {
    known = placesOf(parts);
    places.set(parts, known);
  }
  let text = parts[0] ?? "";
  for (const [at, value] of values.entries()) {
    text += printed(value, known[at] ?? "text") + (parts[at + 1] ?? "");
  }
  return new Html(text);
}

/** ` name="value"`, or nothing for false, null and undefined; `true` prints the bare name. */
export function attribute(name: string, value: string | boolean | null | undefined): Html {
  demand(/^[a-z][a-z0-9-]*$/.test(name), `not the name of an attribute: ${name}`);
  if (value === false || value === null || value === undefined) return nothing;
  if (value === true) return new Html(` ${name}`);
  return new Html(` ${name}="${escapeText(isAddress(name) ? checked(value) : value)}"`);
}

/** JSON for a data block inside `<script type="application/json">`; cannot close the element. */
export function jsonBlock(value: unknown): Html {
  return new Html(
    `<script type="application/json">${JSON.stringify(value).replaceAll("<", "\\u003c")}</script>`,
  );
}

/** This file also runs in browsers, where node:assert does not. */
function demand(holds: boolean, otherwise: string): asserts holds {
  if (!holds) throw new Error(otherwise);
}

function printed(value: Printable, place: Place): string {
  if (value === false || value === null || value === undefined) return "";
  if (value instanceof Html) return value.toString();
  if (Array.isArray(value)) return value.map((one: Printable) => printed(one, place)).join("");
  demand(place !== "attribute", "only Html may stand outside the quotes of an attribute");
  const text = String(value);
  return escapeText(place === "address" ? checked(text) : text);
}

function isAddress(name: string): boolean {
  return name === "href" || name === "src" || name === "action" || name === "formaction";
}

function checked(address: string): string {
  demand(
    /^(?:\/(?!\/)|[#?.]|https?:|mailto:|tel:)/.test(address),
    `an address with another scheme: ${address}`,
  );
  return address;
}

/** Walks the fixed parts and says for each hole where it stands. Throws where none may stand. */
function placesOf(parts: readonly string[]): readonly Place[] {
  const found: Place[] = [];
  let inTag = false;
  let quote = "";
  let name = "";
  for (const [at, part] of parts.entries()) {
    for (let i = 0; i < part.length; i += 1) {
      const sign = part.charAt(i);
      if (quote !== "") {
        if (sign === quote) quote = "";
      } else if (inTag) {
        if (sign === ">") inTag = false;
        else if (sign === '"' || sign === "'") {
          quote = sign;
          name = /([a-z-]+)=$/i.exec(part.slice(0, i))?.[1]?.toLowerCase() ?? "";
        }
      } else if (sign === "<" && /[a-z/!]/i.test(part.charAt(i + 1))) inTag = true;
    }
    if (at === parts.length - 1) break;
    demand(!/<!--|<(?:script|style)\b[^>]*>(?![\s\S]*<\/)/i.test(part), "no value may stand here");
    if (quote !== "") found.push(isAddress(name) && part.endsWith(quote) ? "address" : "value");
    else found.push(inTag ? "attribute" : "text");
  }
  return found;
}
