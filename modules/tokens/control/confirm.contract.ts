/**
 * What a holder's second factor confirms: one text for one request, so that a confirmation of this
 * loosens nothing else. Browser-safe: whoever asks for the second factor hashes what he shows.
 */
import type { Controls } from "./control.contract.ts";

/** A request that needs the holder's second factor. */
export type ToConfirm =
  | {
      readonly act: "change_controls";
      readonly token: string;
      /** The version that is to be replaced. */
      readonly version: number;
      readonly controls: Controls;
    }
  | {
      readonly act: "share_token";
      readonly token: string;
      readonly version: number;
      readonly scene: string;
      readonly bounds: Omit<NonNullable<Controls["sceneBounds"]>[number], "scene"> | null;
    }
  | {
      readonly act: "confirm_payment";
      readonly token: string;
      readonly merchant: string;
      /** Fen, as a decimal string. */
      readonly amount: string;
    };

/** Canonical JSON (RFC 8785) of texts, lists and whole numbers: members in order, no blanks. */
export function orderedText(value: object): string {
  return JSON.stringify(value, (_, part: unknown) => {
    if (typeof part !== "object" || part === null || Array.isArray(part)) return part;
    return Object.fromEntries(Object.entries(part).toSorted(([a], [b]) => (a < b ? -1 : 1)));
  });
}

/** A request as a second factor confirms it: canonical JSON, whose SHA-256 it is asked about. */
export function textToConfirm(request: ToConfirm): string {
  return orderedText(request);
}
