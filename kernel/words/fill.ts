/**
 * Templates with names in braces. A name without a value stays as it stands, so that a missing one
 * shows on the page and crashes nothing; values are put in as they are, and whoever writes HTML
 * escapes the result.
 */
import type { Lang, Text } from "./text.ts";

const NAME = /\{([a-z][a-z0-9_]*)\}/g;

/** `fill("已用 {used}", { used: "3" })` is `已用 3`. Values are not read for names again. */
export function fill(template: string, params: Readonly<Record<string, string>>): string {
  return template.replace(NAME, (whole, name: string) =>
    Object.hasOwn(params, name) ? params[name]! : whole,
  );
}

/** One of the two texts, filled. */
export function say(text: Text, lang: Lang, params: Readonly<Record<string, string>> = {}): string {
  return fill(text[lang], params);
}

/** Says texts in the language of a page. */
export type Saying = (text: Text, params?: Readonly<Record<string, string>>) => string;

/** `say` with its language given once, for a page that says many texts. */
export function sayIn(lang: Lang): Saying {
  return (text, params) => say(text, lang, params);
}
