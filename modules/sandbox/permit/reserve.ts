/**
 * Reserving: an institution asks before it acts. One command for each class, since the class decides
 * whether the pilot may do this at all now. The facts go to the policy as they are; what counts is
 * held, and nothing here reads a balance.
 */
import { type Instant, toIso } from "@sandbank/kernel/clock";
import { change, type Command, type CommandClass, type Counts } from "@sandbank/kernel/guard";
import { fen } from "@sandbank/kernel/money";
import { consentKey } from "../consent/consent.ts";
import { consentsIn } from "../consent/consent.store.ts";
import { SANDBOX_PARTITION } from "../ports.ts";
import { type PermitReserve, reserveContract } from "./permit.contract.ts";
import { HOLD_SECONDS } from "./permit.ts";
import { refuse } from "./permit.refusals.ts";
import { addPermit } from "./permit.store.ts";

/** What is held for an act without money: its limits count it whole. */
const NO_MONEY = fen(1n);

/** The facts of an act as the policy counts them. */
export function countsOf(
  asked: PermitReserve,
  by: { readonly organisation: string; readonly consent: number | undefined },
): Counts {
  const { customer, amount, currency, region, channel, partner, merchant, product } = asked;
  const { eligibility, secured, purpose } = asked;
  return {
    as: "hold",
    operator: by.organisation,
    ...(amount === undefined ? {} : { amount: fen(BigInt(amount)) }),
    ...(customer === undefined ? {} : { customer }),
    ...(currency === undefined ? {} : { currency }),
    ...(region === undefined ? {} : { region }),
    ...(channel === undefined ? {} : { channel }),
    ...(partner === undefined ? {} : { partner }),
    ...(merchant === undefined ? {} : { merchant }),
    ...(product === undefined ? {} : { product }),
    eligibility: {
      ...(eligibility === undefined ? {} : definite(eligibility)),
      ...(by.consent === undefined ? {} : { consent: by.consent }),
    },
    ...(secured === undefined ? {} : { secured: inFen(secured) }),
    ...(purpose === undefined ? {} : { purpose }),
  };
}

function definite({ customerType, kyc }: NonNullable<PermitReserve["eligibility"]>) {
  return {
    ...(customerType === undefined ? {} : { customerType }),
    ...(kyc === undefined ? {} : { kyc }),
  };
}

function inFen({ debt, value, guaranteed }: NonNullable<PermitReserve["secured"]>) {
  return { debt: BigInt(debt), value: BigInt(value), guaranteed };
}

/** Name of the command that reserves a permit of a class. */
export const RESERVE: Readonly<Record<CommandClass, string>> = {
  OPEN: "sandbox.reserve_open",
  USE: "sandbox.reserve_use",
  SERVICE: "sandbox.reserve_service",
};

/** The version of the user statement that the customer consented to last. */
type Consented = number | undefined;

/** Refuses with permit_pilot_unknown, then by the policy's own checks and limits. */
function reserveOf(cls: CommandClass): Command<PermitReserve, Consented> {
  return {
    name: RESERVE[cls],
    class: cls,
    contract: reserveContract.extend({ class: reserveContract.shape.class.extract([cls]) }),
    alongside: true,
    may: ["permit_client"],
    keys: ({ id, customer }) => ({
      reads: customer === undefined || cls === "SERVICE" ? [] : [consentKey(customer)],
      writes: [`permit/${id}`],
    }),
    async load(tx, partition, questions) {
      if (cls === "SERVICE") return questions.map(() => undefined);
      const names = questions.map(({ command: { customer }, principal: { organisation } }) =>
        customer === undefined ? undefined : { organisation, customer },
      );
      return consentsIn(tx, partition, names);
    },
    decide({ state: consent, command, principal, partition, now, id: act }) {
      if (partition === SANDBOX_PARTITION) return refuse("permit_pilot_unknown");
      const { organisation } = principal;
      const counts = countsOf(command, { organisation, consent });
      const amount = counts.amount ?? NO_MONEY;
      const seconds = command.holdSeconds ?? HOLD_SECONDS.usual;
      const expires = (now + seconds * 1_000) as Instant;
      const kept = { at: toIso(now), expires: toIso(expires) };
      const figures = {
        amount: command.amount ?? null,
        confirmed: counts.amount === undefined ? null : "0",
        givenBack: counts.amount === undefined ? null : "0",
      };
      return {
        entries: [{ kind: "hold", hold: act, amount, expires }],
        counts,
        changes: [change(addPermit, rowOf({ command, organisation, act, kept }))],
        answer: { permit: command.id, state: "reserved", ...figures, expires: kept.expires },
      };
    },
  };
}

function rowOf(of: {
  readonly command: PermitReserve;
  readonly organisation: string;
  readonly act: string;
  readonly kept: { readonly at: string; readonly expires: string };
}) {
  const { command, organisation, act, kept } = of;
  const { id, class: cls, customer, currency, region, channel, partner } = command;
  return {
    ...{ organisation, id, act, class: cls, ...kept },
    customer: customer ?? null,
    amount: command.amount === undefined ? null : BigInt(command.amount),
    currency: currency ?? null,
    region: region ?? null,
    channel: channel ?? null,
    partner: partner ?? null,
    merchant: command.merchant ?? null,
    product: command.product ?? null,
  };
}

/** The three commands that reserve. */
export const reserveCommands: readonly Command[] = [
  reserveOf("OPEN"),
  reserveOf("USE"),
  reserveOf("SERVICE"),
];
