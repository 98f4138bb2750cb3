/** Buttons that move an item of an ordered list, such as a step of an exit plan, by one place. */
import { sayIn, useSetting } from "../setting.ts";
import { declaringWords as words } from "../words/declaring.words.ts";
import { idOf } from "./called.ts";
import { swapped, type Typed } from "./node.ts";

interface MovesProps {
  readonly path: readonly string[];
  readonly items: readonly Typed[];
  readonly at: number;
  /** What the item is called now. */
  readonly name: string;
  change(path: readonly string[], typed: Typed): void;
}

/**
 * Moves an item by one place, with a mouse or a key. The focus goes with it, so that pressing again
 * moves it further; at an end it goes to the button of the other way.
 */
export function Moves({ path, items, at, name, change }: MovesProps) {
  const say = sayIn(useSetting().lang);
  const id = (place: number, way: "up" | "down") => `${idOf([...path, String(place)])}-${way}`;
  const move = (to: number, way: "up" | "down") => {
    change(path, swapped(items, at, to));
    const isLast = to === (way === "up" ? 0 : items.length - 1);
    const next = isLast ? (way === "up" ? "down" : "up") : way;
    requestAnimationFrame(() => document.getElementById(id(to, next))?.focus());
  };
  return (
    <>
      {at > 0 && (
        <button
          type="button"
          className="plain"
          id={id(at, "up")}
          onClick={() => move(at - 1, "up")}
        >
          {say(words.move_up, { label: name })}
        </button>
      )}
      {at < items.length - 1 && (
        <button
          type="button"
          className="plain"
          id={id(at, "down")}
          onClick={() => move(at + 1, "down")}
        >
          {say(words.move_down, { label: name })}
        </button>
      )}
    </>
  );
}
