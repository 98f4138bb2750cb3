/** Every module says which lines of the source it serves, where, and which test proves it. */
import type { Law } from "../law.ts";

const TOLD = /^(modules\/[^/]+|lending)$/;

export const readmes: Law = {
  name: "readmes",
  sentence:
    "A module has a README.md that lists what it serves, where, and the test that proves it.",
  instead: "write README.md in the module's folder, with a line for each id that it implements",
  check({ packages, paths }) {
    const known = new Set(paths);
    return packages
      .filter(({ folder }) => TOLD.test(folder) && !known.has(`${folder}/README.md`))
      .map(({ folder }) => ({ path: `${folder}/package.json`, line: 1, what: "has no README.md" }));
  },
};
