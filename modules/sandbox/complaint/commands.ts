/** Every command about complaints, for the guard. */
import type { Command } from "@sandbank/kernel/guard";
import { eraseWords, openWords } from "./erase.ts";
import { fallDue } from "./fall-due.ts";
import { addWords, escalate, requestRecheck, withdraw } from "./follow.ts";
import {
  accept,
  askComplainant,
  decideComplaint,
  decideRecheck,
  declareInterest,
  extend,
  findInadmissible,
  namePerson,
  takeOver,
} from "./handle.ts";
import { lodge } from "./lodge.ts";

export const complaintCommands: readonly Command[] = [
  lodge,
  ...[accept, takeOver, findInadmissible, askComplainant, extend, decideComplaint, decideRecheck],
  ...[namePerson, declareInterest],
  ...[addWords, withdraw, escalate, requestRecheck],
  ...[fallDue, openWords, eraseWords],
];
