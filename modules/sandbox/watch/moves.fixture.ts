/** The legal moves of a watch period, written a second time by hand: for the code and the database. */

/** Of, from, event, to. */
export const LEGAL = [
  ["watch", "running", "check", "running"],
  ["watch", "running", "find", "questioned"],
  ["watch", "running", "end", "ended"],
  ["watch", "questioned", "check", "questioned"],
  ["watch", "questioned", "find", "questioned"],
  ["watch", "questioned", "accept", "running"],
  ["watch", "questioned", "extend", "running"],
  ["watch", "questioned", "require_exit", "exit_required"],
  ["finding", "open", "accept", "accepted"],
  ["finding", "open", "extend", "extended"],
  ["finding", "open", "require_exit", "exit_required"],
  ["condition", "pending", "meet", "met"],
  ["condition", "pending", "miss", "missed"],
  ["condition", "pending", "lapse", "lapsed"],
] as const;
