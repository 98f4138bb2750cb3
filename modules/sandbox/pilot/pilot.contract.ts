/** The states of a pilot as faces and strangers read them. */
import { z } from "zod";

/** States of a pilot in the order of its life; `passed` and `failed` are results of evaluation. */
export const stateContract = z.enum([
  "draft",
  "submitted",
  "review",
  "consultation",
  "answering",
  "registered",
  "ready",
  "testing",
  "restricted",
  "suspended",
  "evaluation",
  "passed",
  "failed",
  "exiting",
  "graduated",
  "exited",
  "refused",
  "withdrawn",
]);
