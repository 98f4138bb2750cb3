/**
 * Complaints of whoever is signed in: found by who lodged them, so that no receipt code is needed.
 * They are followed and acted on as by receipt; a complaint of somebody else answers like one that
 * is not there. What came by the public form belongs to its code alone.
 */
import type { Outcome } from "@sandbank/kernel/guard";
import { isRefusal, type Refusal } from "@sandbank/kernel/words";
import type {
  FollowedComplaint,
  OwnActing,
  OwnComplaint,
} from "../complaint/complaint.contract.ts";
import { refuse } from "../complaint/complaint.refusals.ts";
import { type ComplaintRow, findOwn, readOwn } from "../complaint/complaint.store.ts";
import { publicComplaint } from "../complaint/view.ts";
import { SANDBOX_PARTITION } from "../ports.ts";
import { actAsComplainant, type ComplaintPorts, followed, type Sender } from "./complaints.ts";
import type { Complaints } from "./complaints.ts";

/** Complaints of one person that are listed. */
const OWN_MOST = 100;

/** What a person lodged, latest first. */
export async function ownComplaints(
  { store }: ComplaintPorts,
  { now }: Complaints,
  person: string,
): Promise<OwnComplaint[]> {
  const [rows, at] = await Promise.all([
    readOwn(store, SANDBOX_PARTITION, { person, most: OWN_MOST }),
    now(),
  ]);
  return rows.map((row) => ({ ...publicComplaint(row, at), id: row.id, pilot: row.pilot }));
}

async function rowOf(
  { store }: ComplaintPorts,
  own: { readonly complaint: string; readonly person: string },
): Promise<ComplaintRow | Refusal> {
  return (await findOwn(store, SANDBOX_PARTITION, own)) ?? refuse("complaint_unknown");
}

/** One of a person's complaints with its steps. Refuses complaint_unknown. */
export async function followOwn(
  ports: ComplaintPorts,
  { now }: Complaints,
  own: { readonly complaint: string; readonly person: string },
): Promise<FollowedComplaint | Refusal> {
  const row = await rowOf(ports, own);
  return isRefusal(row) ? row : followed(ports, row, await now());
}

/** Adds, withdraws, turns to the self-regulatory body or asks for a re-check, as its complainant. */
export async function actOnOwn(
  ports: ComplaintPorts,
  of: Sender & { readonly complaint: string; readonly acting: OwnActing },
): Promise<Outcome | Refusal> {
  const { complaint, acting, principal } = of;
  const row = await rowOf(ports, { complaint, person: principal.id });
  return isRefusal(row) ? row : actAsComplainant(ports, of, { row, acting });
}
