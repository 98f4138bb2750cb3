/**
 * What the public site needs of complaints: their numbers for everybody, and a desk for whoever
 * complains. The desk takes the words of people; everything else here may be read by anybody.
 */
import type { Refusal } from "@sandbank/kernel/words";
import type {
  ComplaintNumbers,
  FollowedComplaint,
  Following,
  Lodging,
} from "@sandbank/sandbox/contract";

/** Complaints of a pilot as anybody may read them. */
export interface ComplaintPage extends ComplaintNumbers {
  /** False where nobody runs the pilot here: then the channels of its declaration count. */
  readonly taken: boolean;
}

export interface LodgedComplaint {
  readonly number: string;
  readonly receipt: string;
  readonly due: string;
}

export interface ComplaintDesk {
  /** `id` is the command: the same form sent twice is one complaint. */
  lodge(asked: {
    readonly pilot: string;
    readonly id: string;
    readonly lodging: Lodging;
  }): Promise<LodgedComplaint | Refusal>;
  follow(receipt: string): Promise<FollowedComplaint | Refusal>;
  act(asked: { readonly id: string; readonly following: Following }): Promise<true | Refusal>;
  /** Takes the words of a complaint that has ended away, for good. */
  eraseWords(asked: { readonly id: string; readonly receipt: string }): Promise<true | Refusal>;
}
