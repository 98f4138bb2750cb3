/** Writes tokens.css from tokens.ts. Run it after changing a token: `node ui/tokens.write.ts`. */
import { writeFileSync } from "node:fs";
import { tokensCss } from "./tokens.ts";

writeFileSync(new URL("./tokens.css", import.meta.url), tokensCss());
