/**
 * What a directive's form holds before it is proposed, kept in this tab so that neither a reload nor
 * a step back loses a word; what is wrong with it, in sentences; and the order that it makes.
 */
import { formatCount, formatMoney, type Lang } from "@sandbank/kernel/words";
import type { LimitsAnswer, Order } from "@sandbank/sandbox/contract";
import { drawId } from "@sandbank/ui";
import { ORDERS } from "../pilot/orders.ts";
import type { Saying } from "../setting.ts";
import { directiveWords as words, usualTexts } from "../words/directive.words.ts";

export type Kind = Order["kind"];

export function isKind(text: string): text is Kind {
  return (ORDERS as readonly string[]).includes(text);
}

export interface Draft {
  /** Reference of the sending: the same for every try, so that trying twice is one act. */
  readonly id: string;
  readonly classes: readonly ("OPEN" | "USE")[];
  /** New caps as they were typed, by limit. */
  readonly caps: Readonly<Record<string, string>>;
  readonly directive: string;
  readonly reason_zh: string;
  readonly reason_en: string;
  readonly notice_zh: string;
  readonly notice_en: string;
  readonly until_zh: string;
  readonly until_en: string;
}

const TEXTS = ["reason_zh", "reason_en", "notice_zh", "notice_en", "until_zh", "until_en"] as const;
export type TextField = (typeof TEXTS)[number];

const TEXT_MAX = 1_000;

/** The texts that this kind of order asks for. */
export function textsOf(kind: Kind): readonly TextField[] {
  const ends = kind === "suspension" || kind === "restriction";
  return ends ? TEXTS : TEXTS.slice(0, 4);
}

function fresh(kind: Kind): Draft {
  const { notice, until } = usualTexts[kind];
  return {
    ...{ id: drawId(), classes: [], caps: {}, directive: "", reason_zh: "", reason_en: "" },
    ...{ notice_zh: notice.zh, notice_en: notice.en, until_zh: until.zh, until_en: until.en },
  };
}

const keyOf = (slug: string, kind: Kind) => `sandbank.directive.${slug}.${kind}`;

export function readDraft(slug: string, kind: Kind): Draft {
  const kept = sessionStorage.getItem(keyOf(slug, kind));
  return kept === null ? fresh(kind) : { ...fresh(kind), ...(JSON.parse(kept) as Partial<Draft>) };
}

export function keepDraft(slug: string, kind: Kind, draft: Draft): void {
  sessionStorage.setItem(keyOf(slug, kind), JSON.stringify(draft));
}

export function dropDraft(slug: string, kind: Kind): void {
  sessionStorage.removeItem(keyOf(slug, kind));
}

/** One thing to mend, and the field that it stands at. */
export interface Fault {
  readonly field: string;
  readonly text: string;
}

/** Fen of an amount in yuan as people type it, or the whole number; undefined for anything else. */
export function readCap(typed: string, unit: "fen" | "count"): bigint | undefined {
  const plain = typed
    .trim()
    .replaceAll(",", "")
    .replaceAll("，", "")
    .replace(/^¥|^CNY\s*/, "");
  if (unit === "count") return /^[1-9]\d{0,15}$/.test(plain) ? BigInt(plain) : undefined;
  const [, whole, part = ""] = /^(\d{1,15})(?:\.(\d{1,2}))?$/.exec(plain) ?? [];
  if (whole === undefined) return undefined;
  const fen = BigInt(whole) * 100n + BigInt(part.padEnd(2, "0"));
  return fen > 0n ? fen : undefined;
}

interface Judged {
  readonly kind: Kind;
  readonly draft: Draft;
  readonly limits: LimitsAnswer | undefined;
  readonly lang: Lang;
  readonly say: Saying;
}

/** Everything that keeps the draft from being proposed, in the order of the form. */
export function faultsOf(judged: Judged): Fault[] {
  const { kind, draft, say } = judged;
  const faults: Fault[] = [];
  if (kind === "suspension" && draft.classes.length === 0) {
    faults.push({ field: "class-OPEN", text: say(words.need_class) });
  }
  if (kind === "lifting" && draft.directive === "") {
    faults.push({ field: "directive", text: say(words.need_directive) });
  }
  if (kind === "restriction") faults.push(...capFaults(judged));
  for (const field of textsOf(kind)) {
    const name = { field: say(words[field]) };
    if (draft[field].trim() === "") faults.push({ field, text: say(words.need_text, name) });
    else if (draft[field].length > TEXT_MAX)
      faults.push({ field, text: say(words.too_long, name) });
  }
  return faults;
}

function capFaults({ draft, limits, lang, say }: Judged): Fault[] {
  const typed = (limits?.limits ?? []).filter((one) => (draft.caps[one.id] ?? "").trim() !== "");
  const [first] = limits?.limits ?? [];
  if (typed.length === 0) return [{ field: `cap-${first?.id ?? ""}`, text: say(words.need_cap) }];
  return typed.flatMap((limit): Fault[] => {
    const field = `cap-${limit.id}`;
    const cap = readCap(draft.caps[limit.id] ?? "", limit.unit);
    if (cap === undefined) {
      return [{ field, text: say(limit.unit === "fen" ? words.bad_cap_fen : words.bad_cap_count) }];
    }
    if (cap < BigInt(limit.cap)) return [];
    const now =
      limit.unit === "fen"
        ? formatMoney(BigInt(limit.cap), lang)
        : formatCount(BigInt(limit.cap), lang);
    return [{ field, text: say(words.not_lower, { cap: now }) }];
  });
}

/** The order as it is sent. The draft has no faults. */
export function orderOf(kind: Kind, draft: Draft, limits: LimitsAnswer | undefined): Order {
  const text = (name: "reason" | "notice" | "until") => ({
    zh: draft[`${name}_zh`].trim(),
    en: draft[`${name}_en`].trim(),
  });
  const because = { reason: text("reason"), notice: text("notice") };
  switch (kind) {
    case "suspension":
      return { kind, classes: [...draft.classes], liftedWhen: text("until"), ...because };
    case "restriction":
      return { kind, caps: capsOf(draft, limits), liftedWhen: text("until"), ...because };
    case "resumption":
      return { kind, ...because };
    case "lifting":
      return { kind, directive: draft.directive, ...because };
  }
}

/** The caps that were typed, in fen or as a number. */
export function capsOf(
  draft: Draft,
  limits: LimitsAnswer | undefined,
): { limit: string; cap: string }[] {
  return (limits?.limits ?? []).flatMap((limit) => {
    const cap = readCap(draft.caps[limit.id] ?? "", limit.unit);
    return cap === undefined ? [] : [{ limit: limit.id, cap: String(cap) }];
  });
}
