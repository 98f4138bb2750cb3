/** Puts the console onto its page. */
import { createRoot } from "react-dom/client";
import { Console } from "./console.tsx";

const face = document.getElementById("face");
if (face === null) throw new Error("the page has no place for the console");
createRoot(face).render(<Console />);
