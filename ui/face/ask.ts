/**
 * Asking the API of this site, on behalf of one face, and nothing else. What comes back is the answer, or a problem document
 * with its rule, reason and remedy. No act is shown as done before the server has said so.
 */
import type { Lang } from "@sandbank/kernel/words";
import { useCallback, useEffect, useState } from "react";

/** What the server says when it says no, RFC 9457, or that it could not be reached. */
export interface Trouble {
  readonly status: number;
  readonly code: string;
  readonly title: string;
  readonly detail: string;
  readonly remedy: string;
  /** JSON pointer into what was sent. */
  readonly field?: string;
  readonly failed?: readonly {
    readonly code: string;
    readonly detail: string;
    readonly clause?: string;
    readonly used?: string;
    readonly cap?: string;
    readonly asked?: string;
  }[];
  readonly instance: string;
}

export type Answer<T> = { readonly good: T } | { readonly trouble: Trouble };

const UNREACHED: Readonly<Record<Lang, Pick<Trouble, "title" | "detail" | "remedy">>> = {
  zh: {
    title: "没有连上服务器",
    detail: "这次没有得到答复，不知道是否已经受理。",
    remedy: "网络恢复后再试；同一份提交带着同一个编号，不会重复生效。",
  },
  en: {
    title: "The server was not reached",
    detail: "There was no answer, so it is not known whether this was taken.",
    remedy: "Try again when the network is back; it carries the same reference and counts once.",
  },
};

export interface Sent {
  readonly lang: Lang;
  readonly body?: unknown;
  readonly csrf?: string;
  /** Says that two sendings are one act. */
  readonly id?: string;
  readonly method?: "GET" | "POST" | "PUT" | "DELETE";
  readonly tag?: string;
}

function headersOf(face: string, { lang, body, csrf, id, tag }: Sent): Record<string, string> {
  return {
    accept: "application/json",
    "accept-language": lang,
    "sandbank-face": face,
    ...(body === undefined ? {} : { "content-type": "application/json" }),
    ...(csrf === undefined ? {} : { "x-csrf-token": csrf }),
    ...(id === undefined ? {} : { "idempotency-key": id }),
    ...(tag === undefined ? {} : { "if-none-match": tag }),
  };
}

interface Raw<T> {
  readonly answer: Answer<T> | "unchanged";
  readonly tag?: string;
}

async function send<T>(face: string, path: string, sent: Sent): Promise<Raw<T>> {
  const { body, lang, method = body === undefined ? "GET" : "POST" } = sent;
  const none = { status: 0, code: "not_reached", instance: "", ...UNREACHED[lang] };
  try {
    const response = await fetch(path, {
      method,
      headers: headersOf(face, sent),
      credentials: "same-origin",
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    if (response.status === 304) return { answer: "unchanged" };
    const tag = response.headers.get("etag");
    const said: unknown = await response.json();
    if (!response.ok) return { answer: { trouble: said as Trouble } };
    return { answer: { good: said as T }, ...(tag === null ? {} : { tag }) };
  } catch {
    return { answer: { trouble: none } };
  }
}

/**
 * True if the same reference must be sent again: whether the act was taken is not known. After any
 * other "no" the next try is another act and takes a reference of its own.
 */
export function isUnknown({ status, code }: Trouble): boolean {
  return status === 0 || code === "outcome_unknown" || code === "answer_not_known_yet";
}

export interface Reading<T> {
  readonly value?: T;
  readonly trouble?: Trouble;
  /** True until the first answer. */
  readonly waiting: boolean;
  again(): void;
}

export interface Told<T> {
  readonly value?: T;
  readonly trouble?: Trouble;
}

export interface Asked {
  readonly lang: Lang;
  readonly every_ms?: number;
}

export interface Readings<T> {
  /** What is known of one of the paths. */
  of(path: string): Told<T>;
  again(): void;
}

/** How one face asks. */
export interface Asking {
  /** One question or act. */
  ask<T>(path: string, sent: Sent): Promise<Answer<T>>;
  /**
   * A reading that stays fresh: asked now and, with `every_ms`, again and again while the page can be
   * seen. The last good value stays when a later question fails. No path, no question.
   */
  useAsk<T>(path: string | undefined, asked: Asked): Reading<T>;
  /** The same for several paths at once, each with an answer of its own. */
  useAskEach<T>(paths: readonly string[], asked: Asked): Readings<T>;
}

/** The asking of one face: its name says whose session counts. */
export function askingAs(face: string): Asking {
  const ask = async <T>(path: string, sent: Sent): Promise<Answer<T>> => {
    const { answer } = await send<T>(face, path, sent);
    return answer === "unchanged" ? ask<T>(path, { ...sent, tag: "" }) : answer;
  };
  return {
    ask,
    useAsk: (path, asked) => useReading(face, path, asked),
    useAskEach: (paths, asked) => useReadings(face, paths, asked),
  };
}

function useReading<T>(face: string, path: string | undefined, asked: Asked): Reading<T> {
  const { of, again } = useReadings<T>(face, path === undefined ? [] : [path], asked);
  const { value, trouble } = path === undefined ? {} : of(path);
  return {
    ...(value === undefined ? {} : { value }),
    ...(trouble === undefined ? {} : { trouble }),
    waiting: path !== undefined && value === undefined && trouble === undefined,
    again,
  };
}

function useReadings<T>(face: string, paths: readonly string[], asked: Asked): Readings<T> {
  const { lang, every_ms } = asked;
  const [told, setTold] = useState<Readonly<Record<string, Told<T>>>>({});
  const [round, setRound] = useState(0);
  const again = useCallback(() => setRound((now) => now + 1), []);
  const joined = paths.join(" ");
  useEffect(() => {
    if (joined === "") return;
    const all = joined.split(" ");
    let ended = false;
    let timer: number | undefined;
    const tags = new Map<string, string>();
    setTold((before) => only(before, all));
    const lookAt = async (path: string) => {
      const raw = await send<T>(face, path, tagged({ lang }, tags.get(path)));
      if (ended) return;
      if (raw.tag !== undefined) tags.set(path, raw.tag);
      const { answer } = raw;
      if (answer === "unchanged") return;
      setTold((before) => ({ ...before, [path]: next(before[path], answer) }));
    };
    const look = async () => {
      clearTimeout(timer);
      if (!document.hidden) await Promise.all(all.map(lookAt));
      if (!ended && every_ms !== undefined) timer = window.setTimeout(() => void look(), every_ms);
    };
    const seen = () => void (document.hidden || every_ms === undefined || look());
    document.addEventListener("visibilitychange", seen);
    void look();
    return () => {
      ended = true;
      clearTimeout(timer);
      document.removeEventListener("visibilitychange", seen);
    };
  }, [face, joined, lang, every_ms, round]);
  return { of: (path) => told[path] ?? {}, again };
}

/** What is known of these paths, and no other. */
function only<T>(told: Readonly<Record<string, T>>, paths: readonly string[]): Record<string, T> {
  return Object.fromEntries(Object.entries(told).filter(([path]) => paths.includes(path)));
}

function tagged(sent: Sent, tag: string | undefined): Sent {
  return tag === undefined ? sent : { ...sent, tag };
}

/** A later answer; a trouble leaves the last good value where it is. */
function next<T>(before: Told<T> | undefined, answer: Answer<T>): Told<T> {
  if ("good" in answer) return { value: answer.good };
  return { ...(before?.value === undefined ? {} : { value: before.value }), ...answer };
}
