/**
 * A declaration clause by clause: what a page shows, what a comment and a difference point at. Each
 * clause has a key of its own, since several things may stand under one number, and says itself in
 * both languages. Pure.
 */
import { formatCount, formatMoney, type Text } from "@sandbank/kernel/words";
import type { Json } from "@sandbank/kernel/guard";
import type { Declaration } from "./declaration.contract.ts";
import { ACTIONS, COMPARATORS, CUSTOMERS, PLEDGES, SCOPES, WINDOWS } from "./form.words.ts";
import { SECTIONS, type Section, TYPES } from "./form.words.ts";
import { planParts } from "./exit-plan.clauses.ts";
import type { Attachment } from "./field.contract.ts";
import type { DeclarationForm } from "./form.contract.ts";

export interface Clause {
  /** Its section, and the name of the item where the section is a list: `caps/pilot_customers`. */
  readonly key: string;
  readonly section: Section;
  readonly clause: string;
  readonly title: Text;
  /** What it says, a line for each thing. */
  readonly lines: readonly Text[];
  /** What two versions are compared by. */
  readonly value: Json;
}

/** Every clause that says something, in the order of the form. */
export function clauseList(declaration: Declaration): readonly Clause[] {
  const { form } = declaration;
  const parts = [ofFacts(declaration), ...(form === null ? [] : [ofForm(form)])];
  const order = Object.keys(SECTIONS) as Section[];
  return order.flatMap((section) =>
    parts.flatMap((part) => part[section] ?? []).map((part) => clauseOf(section, part)),
  );
}

interface Part {
  readonly item?: string;
  readonly clause?: string;
  readonly lines: readonly Text[];
  readonly value: unknown;
}

type Parts = Partial<Record<Section, readonly Part[]>>;

function clauseOf(section: Section, { item, clause, lines, value }: Part): Clause {
  const { clause: usual, zh, en } = SECTIONS[section];
  const key = item === undefined ? section : `${section}/${item}`;
  const title = { zh, en };
  return { key, section, clause: clause ?? usual, title, lines, value: value as Json };
}

function ofFacts(declaration: Declaration): Parts {
  const { technology, functions, scale, compensation, exit, graduation, complaints } = declaration;
  const { name, summary, type, institutions, testPeriod } = declaration;
  return {
    name: [{ lines: [name, summary], value: { name, summary } }],
    type: [{ lines: [TYPES[type]], value: type }],
    institutions: institutions.map((one, at) => ({
      item: one.uscc ?? String(at + 1),
      lines: [one.name],
      value: one,
    })),
    technology: technology.map(numbered),
    functions: functions.map(numbered),
    graduation: [{ ...provision(graduation), value: graduation }],
    scale: scale.map((one) => ({
      ...{ item: one.id, clause: one.clause, lines: [one.label], value: one },
    })),
    ...(testPeriod.from === null && testPeriod.to === null
      ? {}
      : { testPeriod: [{ lines: [periodText(testPeriod)], value: testPeriod }] }),
    compensation: [provision(compensation)],
    exit: [provision(exit)],
    complaints: [{ ...provision(complaints), lines: [complaints.text, ...complaints.channels] }],
  };
}

function ofForm(form: DeclarationForm): Parts {
  const one = (value: unknown, ...lines: readonly Text[]): readonly Part[] =>
    value === null ? [] : [{ value, lines }];
  return {
    ...listsOf(form),
    ...(form.operatesFrom && { operatesFrom: one(form.operatesFrom, same(form.operatesFrom)) }),
    ...(form.hours && { hours: one(form.hours, hoursText(form.hours)) }),
    ...(form.segment && { segment: one(form.segment, ...segmentLines(form.segment)) }),
    ...(form.regions && { regions: one(form.regions, regionsText(form.regions)) }),
    ...(form.agreement && { agreement: one(form.agreement, attached(form.agreement)) }),
    ...(form.legal && { legal: one(form.legal, ...assessmentLines(form.legal)) }),
    ...(form.technical && { technical: one(form.technical, ...assessmentLines(form.technical)) }),
    ...(form.riskNotice && { riskNotice: one(form.riskNotice, form.riskNotice) }),
    ...(form.handling && {
      complaints: [{ item: "handling", value: form.handling, lines: handlingLines(form.handling) }],
    }),
    ...(form.selfRegulatory && {
      selfRegulatory: one(
        form.selfRegulatory,
        ...[form.selfRegulatory.body, form.selfRegulatory.channel, form.selfRegulatory.procedure],
      ),
    }),
    ...(form.promise && { promise: one(form.promise, form.promise) }),
  };
}

function listsOf(form: DeclarationForm): Parts {
  const { partners } = form;
  return {
    innovation: form.innovation.map(numbered),
    effects: form.effects.map(numbered),
    caps: form.caps.map((cap) => ({
      ...{ item: cap.id, clause: cap.clause, value: cap, lines: [cap.label, capText(cap)] },
    })),
    triggers: form.triggers.map((trigger) => ({
      ...{ item: trigger.indicator, value: trigger, lines: [trigger.label, triggerText(trigger)] },
    })),
    channels: form.channels.map(({ id, ...rest }) => ({
      ...{ item: id, value: rest, lines: [rest.name] },
    })),
    ...(partners && {
      partners:
        partners.length === 0
          ? [{ value: [], lines: [NO_PARTNER] }]
          : partners.map((one) => ({ item: one.id, value: one, lines: [one.name, one.does] })),
    }),
    purposes: form.purposes.map((one) => ({ item: one.id, value: one, lines: [one.text] })),
    risks: form.risks.map((one) => ({
      ...{ item: one.clause, clause: one.clause, value: one, lines: [one.risk, one.measure] },
    })),
    ...(form.pledge && {
      compensation: [{ item: "pledge", value: form.pledge, lines: pledgeLines(form.pledge) }],
    }),
    exit: planParts(form.exitPlan ?? null),
    emergency: form.emergency.map((one, at) => ({
      ...{ item: String(at + 1), value: one, lines: [one.scenario, one.steps, aimText(one)] },
    })),
  };
}

const NO_PARTNER: Text = {
  zh: "此外无其他第三方机构参与。",
  en: "No other third party takes part.",
};

function numbered({ clause, text }: { readonly clause: string; readonly text: Text }): Part {
  return { item: clause, clause, lines: [text], value: text };
}

function provision(one: { readonly clause: string; readonly text: Text }): Part {
  return { clause: one.clause, lines: [one.text], value: one };
}

function same(text: string): Text {
  return { zh: text, en: text };
}

function periodText({ from, to }: Declaration["testPeriod"]): Text {
  return { zh: `${from ?? "—"}至${to ?? "—"}`, en: `${from ?? "—"} to ${to ?? "—"}` };
}

function clock(minutes: number): string {
  const hour = String(Math.trunc(minutes / 60)).padStart(2, "0");
  return `${hour}:${String(minutes % 60).padStart(2, "0")}`;
}

function hoursText({ from, to }: { readonly from: number; readonly to: number }): Text {
  if (from === 0 && to === 1440) return { zh: "全天", en: "Round the clock" };
  return { zh: `${clock(from)}至${clock(to)}`, en: `${clock(from)} to ${clock(to)}` };
}

function segmentLines(segment: NonNullable<DeclarationForm["segment"]>): readonly Text[] {
  const kinds = segment.customers.map((kind) => CUSTOMERS[kind]);
  const who = {
    zh: kinds.map((kind) => kind.zh).join("、"),
    en: kinds.map((kind) => kind.en).join(", "),
  };
  const { ageMin } = segment;
  if (ageMin === null) return [segment.text, who];
  return [
    segment.text,
    { zh: `${who.zh}，年满${ageMin}岁`, en: `${who.en}, aged ${ageMin} or more` },
  ];
}

function regionsText(regions: readonly string[]): Text {
  return regions.length === 0 ? { zh: "全国", en: "The whole country" } : same(regions.join(" "));
}

function attached({ name, hash }: Attachment): Text {
  return same(`${name} (SHA-256 ${hash})`);
}

function assessmentLines(one: NonNullable<DeclarationForm["legal"]>): readonly Text[] {
  return [
    one.assessor,
    one.conclusion,
    {
      zh: `${one.assessedOn}评估，有效期至${one.validUntil}`,
      en: `Assessed on ${one.assessedOn}, valid to ${one.validUntil}`,
    },
    ...(one.material === null ? [] : [attached(one.material)]),
  ];
}

function pledgeLines(pledge: NonNullable<DeclarationForm["pledge"]>): readonly Text[] {
  const amount = BigInt(pledge.amount);
  const form = PLEDGES[pledge.form];
  return [
    {
      zh: `${form.zh}${formatMoney(amount, "zh")}，有效期至${pledge.validUntil}`,
      en: `${form.en}, ${formatMoney(amount, "en")}, valid to ${pledge.validUntil}`,
    },
    pledge.order,
    pledge.trigger,
  ];
}

function handlingLines(handling: NonNullable<DeclarationForm["handling"]>): readonly Text[] {
  const { daysMax } = handling;
  const limit = { zh: `${daysMax}日内答复`, en: `answered within ${daysMax} days` };
  return [handling.department, handling.hours, limit];
}

function capText(cap: DeclarationForm["caps"][number]): Text {
  const [scope, window] = [SCOPES[cap.scope], WINDOWS[cap.window]];
  const money = cap.measure === "amount" || cap.measure === "single";
  const read = (lang: "zh" | "en") =>
    money ? formatMoney(BigInt(cap.cap), lang) : formatCount(BigInt(cap.cap), lang);
  if (cap.measure === "single") {
    return { zh: `单笔不高于${read("zh")}`, en: `at most ${read("en")} at a time` };
  }
  return {
    zh: `${scope.zh}${window.zh}不高于${read("zh")}`,
    en: `at most ${read("en")} ${window.en}, ${scope.en}`,
  };
}

function triggerText(trigger: DeclarationForm["triggers"][number]): Text {
  const comparator = COMPARATORS[trigger.comparator];
  const value = BigInt(trigger.value);
  const read = (lang: "zh" | "en") => {
    if (trigger.unit === "fen") return formatMoney(value, lang);
    const figure = formatCount(value, lang);
    if (trigger.unit === "basis_point") return lang === "zh" ? `${figure}个基点` : `${figure} bp`;
    if (trigger.unit === "day") return lang === "zh" ? `${figure}日` : `${figure} days`;
    return figure;
  };
  const action = ACTIONS[trigger.action];
  return {
    zh: `连续${trigger.periods}期${comparator.zh}${read("zh")}：${action.zh}`,
    en: `${comparator.en}${read("en")} for ${trigger.periods} periods: ${action.en}`,
  };
}

function aimText(one: DeclarationForm["emergency"][number]): Text {
  return {
    zh: `恢复时间${one.rtoMinutes}分钟以内，丢失${one.rpoMinutes}分钟以内；${one.contact.zh}`,
    en: `Works again within ${one.rtoMinutes} minutes, loses at most ${one.rpoMinutes}; ${one.contact.en}`,
  };
}
