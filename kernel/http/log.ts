/**
 * The log: pino, with what must never stand in a log taken out. Authorization, signatures, cookies
 * and secrets are removed by name; in whatever else is written, any run of 13 to 19 digits or more, also one
 * grouped as on a card, keeps its last four only. Addresses are logged as their pattern, since a
 * link's secret stands in the address.
 */
import { type DestinationStream, type Logger, pino, stdTimeFunctions } from "pino";

export type { Logger } from "pino";

const CARD_LIKE = /\d{13,}|(?<!\d)\d{4}([ -])\d{4}\1\d{4}\1\d{1,7}(?!\d)/g;

/** A text with every number that could be a card's cut to its last four digits. */
export function maskNumbers(text: string): string {
  return text.replaceAll(CARD_LIKE, (run) => `[number ending ${run.slice(-4)}]`);
}

const SECRET_PATHS = [
  ...[
    ...["authorization", "cookie", "set-cookie", "x-csrf-token"],
    ...["signature", "signature-input"],
  ].flatMap((name) => [`headers["${name}"]`, `req.headers["${name}"]`, `*.headers["${name}"]`]),
  ...["key", "secret", "token", "password", "pan", "link", "csrf"].flatMap((name) => [
    name,
    `*.${name}`,
  ]),
];

/** Opens a log. Lines go to standard output unless told. */
export function openLog(
  settings: { readonly level?: string; readonly to?: DestinationStream } = {},
): Logger {
  const to = settings.to ?? process.stdout;
  const masked: DestinationStream = { write: (line) => void to.write(maskNumbers(line)) };
  return pino(
    {
      level: settings.level ?? "info",
      base: null,
      timestamp: stdTimeFunctions.isoTime,
      redact: { paths: SECRET_PATHS, censor: "[removed]" },
    },
    masked,
  );
}
