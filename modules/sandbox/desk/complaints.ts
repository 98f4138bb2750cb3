/**
 * Complaints as faces call them: lodging and following for people, the desk for staff, the numbers
 * for everybody. The words of people go to their own table here, before the command that names them;
 * everything else is the guard's. Routes and the public site use the same object.
 */
import { businessClock, type Instant, toIso } from "@sandbank/kernel/clock";
import { clockRow, type Outcome } from "@sandbank/kernel/guard";
import { type Principal, systemPrincipal } from "@sandbank/kernel/identity";
import { isRefusal, type Refusal } from "@sandbank/kernel/words";
import { findPilot } from "../pilot/pilot.store.ts";
import { SANDBOX_PARTITION, type SandboxPorts } from "../ports.ts";
import { refuse as refuseOfSandbox } from "../refusals.ts";
import { maskNumbersIn } from "../wording/masking.ts";
import { receiptHash } from "../wording/receipt.ts";
import type { Wording } from "../wording/wording.ts";
import { keepWording, readWordings } from "../wording/wording.store.ts";
import type {
  ComplaintNumbers,
  FollowedComplaint,
  Following,
  Handling,
  Lodging,
  OpenedComplaint,
  OwnActing,
} from "../complaint/complaint.contract.ts";
import { COMPLAINT, recheckUntil } from "../complaint/complaint.ts";
import { refuse } from "../complaint/complaint.refusals.ts";
import {
  type ComplaintRow,
  findByReceipt,
  findComplaint,
  readComplaints,
  readSteps,
} from "../complaint/complaint.store.ts";
import { figuresOf, publicComplaint, stepView } from "../complaint/view.ts";

/** Complaints of one pilot that its public numbers may sum. */
const ROWS_MAX = 5_000;

/** Who speaks for people that come without credentials: by the public form, or by receipt code. */
export const PUBLIC_DESK: Principal = systemPrincipal("public-desk");

export interface Lodged {
  readonly complaint: string;
  readonly number: string;
  readonly receipt: string;
  readonly receivedAt: string;
  readonly due: string;
}

/** How an act came out, for routes to render. */
export type Came<T> = T | Refusal | { readonly outcome: Outcome };

export interface Sender {
  readonly principal: Principal;
  /** Id of the command. */
  readonly id: string;
}

export interface Complaints {
  lodge(of: Sender & { readonly pilot: string; readonly lodging: Lodging }): Promise<Came<Lodged>>;
  /** The complaint of a receipt code, with the words of its steps. */
  follow(receipt: string): Promise<FollowedComplaint | Refusal>;
  actByReceipt(of: Sender & { readonly following: Following }): Promise<Outcome | Refusal>;
  handle(
    of: Sender & { readonly complaint: string; readonly handling: Handling },
  ): Promise<Outcome>;
  open(
    of: Sender & { readonly complaint: string; readonly purpose: OpenedComplaint["purpose"] },
  ): Promise<Came<OpenedComplaint>>;
  /** By receipt code, or by compliance staff without one. */
  erase(
    of: Sender & { readonly complaint: string; readonly receipt?: string },
  ): Promise<Outcome | Refusal>;
  /** By receipt code alone. */
  eraseByReceipt(of: Sender & { readonly receipt: string }): Promise<Outcome | Refusal>;
  /** Undefined for an unknown pilot. */
  numbers(pilot: string): Promise<ComplaintNumbers | undefined>;
  now(): Promise<Instant>;
}

export type ComplaintPorts = Pick<SandboxPorts, "store" | "guard" | "operatorOf">;

export function openComplaints(ports: ComplaintPorts): Complaints {
  const { store } = ports;
  const now = async () => businessClock(await clockRow(store)).now();
  return {
    now,
    lodge: (of) => lodge(ports, of),
    async follow(receipt) {
      const row = await rowOfReceipt(ports, receipt);
      return isRefusal(row) ? row : followed(ports, row, await now());
    },
    actByReceipt: (of) => actByReceipt(ports, of),
    handle: (of) => handle(ports, of),
    open: (of) => open(ports, of),
    erase: (of) => erase(ports, of),
    eraseByReceipt: (of) => eraseByReceipt(ports, of),
    async numbers(pilot) {
      if ((await findPilot(store, SANDBOX_PARTITION, pilot)) === undefined) return undefined;
      const at = await now();
      const rows = await readComplaints(store, SANDBOX_PARTITION, { pilot, most: ROWS_MAX });
      const complaints = rows.map((row) => publicComplaint(row, at));
      return { pilot, at: toIso(at), figures: figuresOf(rows, at), complaints };
    },
  };
}

function act(
  { guard }: ComplaintPorts,
  { principal, id }: Sender,
  asked: { readonly command: string; readonly content: object },
): Promise<Outcome> {
  return guard.act({ partition: SANDBOX_PARTITION, principal, id, ...asked });
}

/** Words of a command, with the numbers of cards and documents masked before they are kept. */
async function words(
  { store }: ComplaintPorts,
  { principal, id }: Sender,
  said: { readonly field: string; readonly body: string },
): Promise<Wording> {
  const { field, body } = said;
  const of = { organisation: principal.organisation, command: id, field };
  const kept = { ...of, body: maskNumbersIn(body) };
  return (await keepWording(store, SANDBOX_PARTITION, kept)).wording;
}

async function lodge(
  ports: ComplaintPorts,
  of: Sender & { readonly pilot: string; readonly lodging: Lodging },
): Promise<Came<Lodged>> {
  const { pilot, lodging, principal, id } = of;
  const { store } = ports;
  if ((await findPilot(store, SANDBOX_PARTITION, pilot)) === undefined) {
    return refuseOfSandbox("pilot_unknown");
  }
  const institution = ports.operatorOf(pilot);
  if (institution === undefined) return refuse("pilot_takes_no_complaints_here");
  const { category, act: about, persons = 1, representatives = [] } = lodging;
  const said = { text: lodging.text, wish: lodging.wish ?? "" };
  const masked = {
    text: maskNumbersIn(said.text),
    wish: maskNumbersIn(said.wish),
    name: maskNumbersIn(lodging.name ?? ""),
    // How to be reached is what the complainant wants to be known, and only the desk reads it.
    contact: lodging.contact ?? "",
    representatives: representatives.map(maskNumbersIn),
  };
  const kept = await keepWording(store, SANDBOX_PARTITION, {
    ...{ organisation: principal.organisation, command: id, field: "complaint" },
    body: JSON.stringify(masked),
  });
  const outcome = await act(ports, of, {
    command: "sandbox.lodge_complaint",
    content: {
      ...{ pilot, institution, category, persons, wording: kept.wording },
      channel: principal.id === PUBLIC_DESK.id ? "public_form" : "programme",
      representatives: representatives.length,
      receipt: receiptHash(kept.receipt),
      ...(about === undefined ? {} : { act: about }),
    },
  });
  if (outcome.kind !== "accepted") return { outcome };
  const { complaint } = outcome.answer as { readonly complaint: string };
  const row = await findComplaint(store, SANDBOX_PARTITION, complaint);
  if (row === undefined) throw new Error("a complaint that was accepted is not there");
  return {
    ...{ complaint, number: row.number, receipt: kept.receipt },
    ...{ receivedAt: toIso(row.received_at), due: toIso(row.due) },
  };
}

async function rowOfReceipt(
  { store }: ComplaintPorts,
  receipt: string,
): Promise<ComplaintRow | Refusal> {
  const hash = receiptHash(receipt);
  const row = hash && (await findByReceipt(store, SANDBOX_PARTITION, hash));
  return row || refuse("receipt_unknown");
}

/** What a complainant reads of his complaint. */
export async function followed(
  { store }: ComplaintPorts,
  row: ComplaintRow,
  now: Instant,
): Promise<FollowedComplaint> {
  const steps = await readSteps(store, SANDBOX_PARTITION, row.id);
  const shown = steps.filter((step) => !STAFF_ONLY.has(step.event));
  const ids = shown.flatMap(({ wording }) => (wording === null ? [] : [wording]));
  const said = await readWordings(store, SANDBOX_PARTITION, ids);
  const can = (event: keyof (typeof COMPLAINT)["received"]) => "to" in COMPLAINT[row.state][event];
  const until = row.answered_at === null ? null : recheckUntil(row.answered_at);
  return {
    ...{ at: toIso(now), pilot: row.pilot, complaint: publicComplaint(row, now) },
    steps: shown.map((step) => ({ ...textOnly(stepView(step, said), step.event), actor: null })),
    may: {
      ...{ add: can("add"), withdraw: can("withdraw") },
      escalate: can("escalate") && row.escalated_at === null,
      recheck: can("request_recheck") && until !== null && now < until,
      recheckUntil: can("request_recheck") && until !== null ? toIso(until) : null,
      erase: row.ended_at !== null && (said.get(row.wording) ?? null) !== null,
    },
  };
}

/** Steps about members of staff are not the complainant's to read. */
const STAFF_ONLY: ReadonlySet<string> = new Set(["name_person", "declare_interest", "take_over"]);

/** The first step keeps several fields as JSON; a complainant is shown what he wrote. */
function textOnly<T extends { readonly words?: string | null | undefined }>(
  step: T,
  event: string,
) {
  if (event !== "lodge" || typeof step.words !== "string") return step;
  return { ...step, words: (JSON.parse(step.words) as { text: string }).text };
}

const BY_RECEIPT: Readonly<Record<Following["act"], string>> = {
  add: "sandbox.add_to_complaint",
  withdraw: "sandbox.withdraw_complaint",
  escalate: "sandbox.escalate_complaint",
  request_recheck: "sandbox.request_recheck",
};

async function actByReceipt(
  ports: ComplaintPorts,
  of: Sender & { readonly following: Following },
): Promise<Outcome | Refusal> {
  const { following } = of;
  const row = await rowOfReceipt(ports, following.receipt);
  return isRefusal(row) ? row : actAsComplainant(ports, of, { row, acting: following });
}

/** Does what a complainant may, once it is known that the complaint is his. */
export async function actAsComplainant(
  ports: ComplaintPorts,
  sender: Sender,
  { row, acting }: { readonly row: ComplaintRow; readonly acting: OwnActing },
): Promise<Outcome> {
  const body = acting.words?.trim() ?? "";
  const wording = body === "" ? undefined : await words(ports, sender, { field: "words", body });
  const content = { complaint: row.id, receipt: row.receipt, ...(wording && { wording }) };
  return act(ports, sender, { command: BY_RECEIPT[acting.act], content });
}

const COMMANDS: Readonly<Record<Handling["act"], string>> = {
  accept: "sandbox.accept_complaint",
  take_over: "sandbox.take_over_complaint",
  find_inadmissible: "sandbox.find_complaint_inadmissible",
  ask: "sandbox.ask_complainant",
  extend: "sandbox.extend_complaint",
  decide: "sandbox.decide_complaint",
  decide_recheck: "sandbox.decide_recheck",
  name_person: "sandbox.name_person_complained_of",
  declare_interest: "sandbox.declare_interest",
};

async function handle(
  ports: ComplaintPorts,
  of: Sender & { readonly complaint: string; readonly handling: Handling },
): Promise<Outcome> {
  const { complaint, handling } = of;
  const command = COMMANDS[handling.act];
  if (!("words" in handling)) {
    const { act: _, ...rest } = handling;
    return act(ports, of, { command, content: { complaint, ...rest } });
  }
  const { act: _, words: body, ...rest } = handling;
  const wording = await words(ports, of, { field: "words", body });
  return act(ports, of, { command, content: { complaint, ...rest, wording } });
}

async function open(
  ports: ComplaintPorts,
  of: Sender & { readonly complaint: string; readonly purpose: OpenedComplaint["purpose"] },
): Promise<Came<OpenedComplaint>> {
  const { complaint, purpose } = of;
  const outcome = await act(ports, of, {
    command: "sandbox.open_complaint",
    content: { complaint, purpose },
  });
  if (outcome.kind !== "accepted") return { outcome };
  const { store } = ports;
  const row = await findComplaint(store, SANDBOX_PARTITION, complaint);
  if (row === undefined) return refuse("complaint_unknown");
  const steps = await readSteps(store, SANDBOX_PARTITION, row.id);
  const ids = steps.flatMap(({ wording }) => (wording === null ? [] : [wording]));
  const said = await readWordings(store, SANDBOX_PARTITION, ids);
  const first = said.get(row.wording) ?? null;
  if (first === null) return refuse("complaint_was_erased");
  return {
    ...{ complaint, purpose, said: JSON.parse(first) as OpenedComplaint["said"] },
    steps: steps.map((step) => textOnly(stepView(step, said), step.event)),
  };
}

/** The complaint is the one of the receipt, and nobody need name it. */
async function eraseByReceipt(
  ports: ComplaintPorts,
  of: Sender & { readonly receipt: string },
): Promise<Outcome | Refusal> {
  const row = await rowOfReceipt(ports, of.receipt);
  if (isRefusal(row)) return row;
  const content = { complaint: row.id, receipt: row.receipt };
  return act(ports, of, { command: "sandbox.erase_complaint", content });
}

async function erase(
  ports: ComplaintPorts,
  of: Sender & { readonly complaint: string; readonly receipt?: string },
): Promise<Outcome | Refusal> {
  const { complaint, receipt } = of;
  const hash = receipt === undefined ? undefined : receiptHash(receipt);
  if (receipt !== undefined && hash === undefined) return refuse("receipt_unknown");
  const content = { complaint, ...(hash === undefined ? {} : { receipt: hash }) };
  return act(ports, of, { command: "sandbox.erase_complaint", content });
}
