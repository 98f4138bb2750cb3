/**
 * By which way commands call the addresses that they are told: this machine and what SANDBANK_INSIDE
 * lists, and beyond them whoever is no machine of ours. So a log whose name comes to point into the
 * network of whoever verifies it is not read there.
 */
import { isConfigProblem, LOOPBACK, readInside } from "@sandbank/kernel/config";
import { type Outside, outside } from "@sandbank/kernel/outside";
import { explain, isRefusal, type Lang } from "@sandbank/kernel/words";
import { complain } from "./command.ts";

/** The way out, or undefined after saying what is wrong with the environment. */
export function wayOut(lang: Lang): Outside | undefined {
  const inside = readInside(process.env);
  if (!isConfigProblem(inside)) return outside({ inside: inside ?? LOOPBACK });
  complain(lang, inside.text);
  return undefined;
}

/** Says why an address was not called; undefined for any other reason that something failed. */
export function complainNotCalled(lang: Lang, reason: unknown): number | undefined {
  if (!isRefusal(reason)) return undefined;
  const { sentence, remedy } = explain(reason, lang);
  const line = `${sentence} ${remedy}`;
  return complain(lang, { zh: line, en: line });
}
