/** Puts the bank's app onto its page, in the view that this device was set to. */
import { createRoot } from "react-dom/client";
import { Bank } from "./bank.tsx";
import { applyView } from "./view.ts";

const face = document.getElementById("face");
if (face === null) throw new Error("the page has no place for the bank's app");
applyView();
createRoot(face).render(<Bank />);
