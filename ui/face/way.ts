/**
 * Addresses of a face that is an application: `/{lang}/{face}/…`. The browser's own history is the only state; a
 * filter, a page and a step of a form are part of the address, so that it can be kept and sent on.
 */
import type { Lang } from "@sandbank/kernel/words";
import { useSyncExternalStore } from "react";

const listeners = new Set<() => void>();

function announce(): void {
  for (const listener of listeners) listener();
}

addEventListener("popstate", announce);

export interface Place {
  readonly lang: Lang;
  /** Parts after `/{lang}/{face}/`, decoded; none on the first page. */
  readonly parts: readonly string[];
  readonly query: URLSearchParams;
  /** As asked, with its query, without the fragment. */
  readonly address: string;
}

/** Reads an address such as `/en/console/pilots/open-bank?class=USE`. */
export function readPlace(address: string): Place {
  const [path = "", query = ""] = address.split("?");
  const [, lang, , ...parts] = path.split("/");
  return {
    lang: lang === "en" ? "en" : "zh",
    parts: parts.filter((part) => part !== "").map((part) => decodeURIComponent(part)),
    query: new URLSearchParams(query),
    address,
  };
}

const here = () => `${location.pathname}${location.search}`;

/** The address now; the component is drawn again when it changes. */
export function useAddress(): string {
  return useSyncExternalStore((listener) => {
    listeners.add(listener);
    return () => listeners.delete(listener);
  }, here);
}

/** Goes to an address of the face. `replace` leaves no step to come back to. */
export function go(address: string, how: "push" | "replace" = "push"): void {
  if (address === here()) return;
  if (how === "push") history.pushState(null, "", address);
  else history.replaceState(null, "", address);
  if (how === "push") scrollTo(0, 0);
  announce();
}

/** Makes the addresses of a face's pages, each part encoded. */
export function addressesOf(face: string) {
  return (
    lang: Lang,
    parts: readonly string[],
    query: Readonly<Record<string, string | undefined>> = {},
  ): string => {
    const asked = new URLSearchParams(
      Object.entries(query).filter((pair): pair is [string, string] => pair[1] !== undefined),
    ).toString();
    const path = parts.map((part) => encodeURIComponent(part)).join("/");
    return `/${lang}/${face}/${path}${asked === "" ? "" : `?${asked}`}`;
  };
}
