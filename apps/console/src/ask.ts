/**
 * Asking the API of this site and nothing else. What comes back is the answer, or a problem document
 * with its rule, reason and remedy. No act is shown as done before the server has said so.
 */
import { useCallback, useEffect, useRef, useState } from "react";
import type { Lang } from "@sandbank/kernel/words";

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

interface Sent {
  readonly lang: Lang;
  readonly body?: unknown;
  readonly csrf?: string;
  /** Says that two sendings are one act. */
  readonly id?: string;
  readonly method?: "GET" | "POST" | "DELETE";
  readonly tag?: string;
}

function headersOf({ lang, body, csrf, id, tag }: Sent): Record<string, string> {
  return {
    accept: "application/json",
    "accept-language": lang,
    "sandbank-face": "console",
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

async function send<T>(path: string, sent: Sent): Promise<Raw<T>> {
  const { body, lang, method = body === undefined ? "GET" : "POST" } = sent;
  const none = { status: 0, code: "not_reached", instance: "", ...UNREACHED[lang] };
  try {
    const response = await fetch(path, {
      method,
      headers: headersOf(sent),
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

/** One question or act. */
export async function ask<T>(path: string, sent: Sent): Promise<Answer<T>> {
  const { answer } = await send<T>(path, sent);
  return answer === "unchanged" ? ask<T>(path, { ...sent, tag: "" }) : answer;
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

/**
 * A reading that stays fresh: asked now and, with `every_ms`, again and again while the page can be
 * seen. The last good value stays when a later question fails. No path, no question.
 */
export function useAsk<T>(
  path: string | undefined,
  asked: { readonly lang: Lang; readonly every_ms?: number },
): Reading<T> {
  const { lang, every_ms } = asked;
  const [state, setState] = useState<{ path?: string; value?: T; trouble?: Trouble }>({});
  const [round, setRound] = useState(0);
  const tag = useRef<string>(undefined);
  const again = useCallback(() => setRound((now) => now + 1), []);
  useEffect(() => {
    if (path === undefined) return;
    let ended = false;
    let timer: number | undefined;
    tag.current = undefined;
    const look = async () => {
      clearTimeout(timer);
      if (!document.hidden) {
        const raw = await send<T>(path, tagged({ lang }, tag.current));
        if (ended) return;
        if (raw.tag !== undefined) tag.current = raw.tag;
        if (raw.answer !== "unchanged") setState((before) => next(before, path, raw.answer));
      }
      if (every_ms !== undefined) timer = window.setTimeout(() => void look(), every_ms);
    };
    const seen = () => void (document.hidden || every_ms === undefined || look());
    document.addEventListener("visibilitychange", seen);
    void look();
    return () => {
      ended = true;
      clearTimeout(timer);
      document.removeEventListener("visibilitychange", seen);
    };
  }, [path, lang, every_ms, round]);
  const current = state.path === path ? state : {};
  const { value, trouble } = current;
  return {
    ...(value === undefined ? {} : { value }),
    ...(trouble === undefined ? {} : { trouble }),
    waiting: path !== undefined && value === undefined && trouble === undefined,
    again,
  };
}

function tagged(sent: Sent, tag: string | undefined): Sent {
  return tag === undefined ? sent : { ...sent, tag };
}

function next<T>(
  before: { path?: string; value?: T; trouble?: Trouble },
  path: string,
  answer: Raw<T>["answer"],
): { path?: string; value?: T; trouble?: Trouble } {
  if (answer === "unchanged") return before;
  if ("good" in answer) return { path, value: answer.good };
  const kept = before.path === path && before.value !== undefined ? { value: before.value } : {};
  return { path, ...kept, trouble: answer.trouble };
}
