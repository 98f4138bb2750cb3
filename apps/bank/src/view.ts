/**
 * How this device shows the app: the usual view, or the elder view with larger text, larger targets
 * and one thing a screen. It is a setting of the device and not of the person, so it holds before
 * anybody has signed in; where the device keeps nothing, the usual view stands.
 */
import { useSyncExternalStore } from "react";

export type View = "usual" | "elder";

const KEY = "sandbank-bank-view";
const listeners = new Set<() => void>();

function kept(): View {
  try {
    return localStorage.getItem(KEY) === "elder" ? "elder" : "usual";
  } catch {
    return "usual";
  }
}

/** Puts the view onto the page: every size is in rem, so one mark at the root is enough. */
export function applyView(view: View = kept()): void {
  document.documentElement.dataset["view"] = view;
  for (const listener of listeners) listener();
}

/** Sets the view of this device from now on. */
export function keepView(view: View): void {
  try {
    localStorage.setItem(KEY, view);
  } catch {
    // The device keeps nothing: the view holds until the page is left.
  }
  applyView(view);
}

const shown = (): View =>
  document.documentElement.dataset["view"] === "elder" ? "elder" : "usual";

export function useView(): View {
  return useSyncExternalStore((listener) => {
    listeners.add(listener);
    return () => listeners.delete(listener);
  }, shown);
}
