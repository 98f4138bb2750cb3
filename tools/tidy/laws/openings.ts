/** Every file opens with a paragraph that says what it is and what it refuses to do. */
import { posix } from "node:path";
import type { Law } from "../law.ts";

export const openings: Law = {
  name: "openings",
  sentence: "A file opens with a comment that says what it is; only doors go without.",
  instead: "write one paragraph of sentences above the first import",
  check(tree) {
    return tree.scripts
      .filter(({ path }) => posix.basename(path) !== "index.ts")
      .filter(({ text, comments, program }) => {
        const first = (program["body"] as readonly { start: number }[])[0];
        const comment = comments[0];
        const lead = text.slice(0, comment?.start ?? 0).replace(/^#!.*\n/, "");
        return !comment || lead.trim() !== "" || (first && comment.start > first.start);
      })
      .map(({ path }) => ({ path, line: 1, what: "opens without a comment" }));
  },
};
