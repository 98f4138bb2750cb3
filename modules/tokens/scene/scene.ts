/**
 * Scenes: where a token may be used. A scene belongs to a requestor and names merchants, categories
 * and channels; an empty list lets everything through. P4.4: one token can serve several scenes.
 */
/** A scene as decisions see it. */
export interface Scene {
  readonly id: string;
  readonly trid: string;
  /** The organisation of its requestor. */
  readonly organisation: string;
  readonly merchants: ReadonlySet<string>;
  readonly mccs: readonly (readonly [string, string])[];
  readonly channels: ReadonlySet<string>;
}

const words = (text: string) => (text === "" ? [] : text.split(" "));

/** Reads the columns id, trid, organisation, merchants, mccs, channels; lists as words. */
export function readScene(row: readonly string[]): Scene {
  const [id = "", trid = "", organisation = "", merchants = "", mccs = "", channels = ""] = row;
  return {
    ...{ id, trid, organisation },
    merchants: new Set(words(merchants)),
    mccs: words(mccs).map((range) => [range.slice(0, 4), range.slice(-4)] as const),
    channels: new Set(words(channels)),
  };
}

export function takesMerchant({ merchants }: Scene, merchant: string): boolean {
  return merchants.size === 0 || merchants.has(merchant);
}

/** Category codes have four digits, so they compare as text. */
export function takesMcc({ mccs }: Scene, mcc: string): boolean {
  return mccs.length === 0 || mccs.some(([from, to]) => from <= mcc && mcc <= to);
}

export function takesChannel({ channels }: Scene, channel: string): boolean {
  return channels.size === 0 || channels.has(channel);
}
