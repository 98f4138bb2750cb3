/** The fields of a part of a declaration, drawn from what its contract says they are. */
import { NativeSelect, Textarea, TextInput } from "@mantine/core";
import { LANG_TAGS } from "@sandbank/ui";
import { sayIn, useSetting } from "../setting.ts";
import { actWords } from "../words/complaint.words.ts";
import { declaringWords as words } from "../words/declaring.words.ts";
import { AttachmentField } from "./attachment.tsx";
import { formAt, idOf, type NamedFault, nameAt, optionAt } from "./called.ts";
import { clauseFor } from "./draft.ts";
import { Moves } from "./moves.tsx";
import { blankOf, type Node, type Typed } from "./node.ts";

export interface FieldProps<N extends Node = Node> {
  readonly node: N;
  readonly path: readonly string[];
  readonly typed: Typed;
  readonly faults: readonly NamedFault[];
  change(path: readonly string[], typed: Typed): void;
}

type Of<K extends Node["kind"]> = FieldProps<Extract<Node, { readonly kind: K }>>;

export function Field({ node, ...rest }: FieldProps) {
  switch (node.kind) {
    case "object":
      return <Parts node={node} {...rest} />;
    case "list":
      return <List node={node} {...rest} />;
    case "maybe":
      return <Maybe node={node} {...rest} />;
    case "several":
      return <Several node={node} {...rest} />;
    case "choice":
      return <Choice node={node} {...rest} />;
    case "fixed":
    case "kept":
      return null;
    case "attachment":
    case "both":
    case "day":
    case "line":
    case "lines":
    case "switch":
    case "whole":
      return <Leaf {...rest} node={node} />;
  }
}

function faultOf({ faults, path }: Pick<FieldProps, "faults" | "path">, last?: string) {
  const id = idOf(last === undefined ? path : [...path, last]);
  return faults.find(({ field }) => field === id)?.text;
}

/** A field with nothing below it. */
function Leaf(props: Of<"both" | "attachment" | "day" | "line" | "lines" | "whole" | "switch">) {
  const { lang } = useSetting();
  const say = sayIn(lang);
  const { node, path, typed, change } = props;
  const form = formAt(path);
  const input = {
    ...{ id: idOf(path), label: say(nameAt(path)), error: faultOf(props) },
    description: form && say(form),
    value: typeof typed === "string" ? typed : "",
    onChange: (event: { readonly currentTarget: { readonly value: string } }) =>
      change(path, event.currentTarget.value),
  };
  switch (node.kind) {
    case "both":
      return <Both {...props} />;
    case "attachment":
      return <AttachmentField {...props} />;
    case "lines":
      return <Textarea {...input} />;
    case "day":
      return <TextInput {...input} description={say(actWords.day_hint)} autoComplete="off" />;
    case "whole":
      return <TextInput {...input} inputMode="numeric" autoComplete="off" />;
    case "line":
      return <TextInput {...input} autoComplete="off" spellCheck={false} />;
    case "switch":
      return (
        <label className="choice" htmlFor={input.id}>
          <input
            type="checkbox"
            id={input.id}
            checked={typed === "yes"}
            onChange={() => change(path, typed === "yes" ? "no" : "yes")}
          />
          <span>{input.label}</span>
        </label>
      );
  }
}

function Both(props: FieldProps) {
  const { lang } = useSetting();
  const say = sayIn(lang);
  const { path, typed, change } = props;
  const said = typed as { readonly zh: string; readonly en: string };
  return (
    <div className="two">
      {(["zh", "en"] as const).map((tongue) => (
        <Textarea
          key={tongue}
          id={idOf([...path, tongue])}
          lang={LANG_TAGS[tongue]}
          minRows={2}
          label={say(actWords[`in_${tongue}`], { label: say(nameAt(path)) })}
          error={faultOf(props, tongue)}
          value={said[tongue]}
          onChange={(event) => change([...path, tongue], event.currentTarget.value)}
        />
      ))}
    </div>
  );
}

function Choice(props: Of<"choice">) {
  const { lang } = useSetting();
  const say = sayIn(lang);
  const { node, path, typed, change } = props;
  const none = node.empty ? [{ value: "", label: say(words.nothing) }] : [];
  const options = node.options.map((value) => ({ value, label: say(optionAt(path, value)) }));
  return (
    <NativeSelect
      id={idOf(path)}
      label={say(nameAt(path))}
      error={faultOf(props)}
      data={[...none, ...options]}
      value={typeof typed === "string" ? typed : ""}
      onChange={(event) => change(path, event.currentTarget.value)}
    />
  );
}

function Several(props: Of<"several">) {
  const { lang } = useSetting();
  const say = sayIn(lang);
  const { node, path, typed, change } = props;
  const chosen = typed as readonly string[];
  const fault = faultOf(props);
  const press = (option: string) =>
    change(
      path,
      node.options.filter((one) => chosen.includes(one) !== (one === option)),
    );
  return (
    <fieldset className="choices">
      <legend>{say(nameAt(path))}</legend>
      {fault !== undefined && <p className="error">{fault}</p>}
      {node.options.map((option, at) => (
        <label className="choice" key={option}>
          <input
            type="checkbox"
            id={at === 0 ? idOf(path) : `${idOf(path)}-${option}`}
            checked={chosen.includes(option)}
            onChange={() => press(option)}
          />
          <span>{say(optionAt(path, option))}</span>
        </label>
      ))}
    </fieldset>
  );
}

function Parts({ node, path, typed, ...rest }: Of<"object">) {
  const parts = typed as Readonly<Record<string, Typed>>;
  return (
    <div className="fields">
      {node.fields.map(([name, field]) => (
        <Field
          key={name}
          {...rest}
          node={field}
          path={[...path, name]}
          typed={parts[name] ?? null}
        />
      ))}
    </div>
  );
}

/** A part that may not be there: filled in by a press, cleared by another. */
function Maybe({ node, path, typed, ...rest }: Of<"maybe">) {
  const { lang } = useSetting();
  const say = sayIn(lang);
  const label = say(nameAt(path));
  const fault = faultOf({ path, faults: rest.faults });
  return (
    <fieldset className="choices part">
      <legend>{label}</legend>
      {fault !== undefined && <p className="error">{fault}</p>}
      {typed === null ? (
        <>
          <p className="quiet">{say(words.not_said)}</p>
          <p>
            <button
              type="button"
              className="button"
              id={idOf(path)}
              onClick={() => rest.change(path, blankOf(node.inner))}
            >
              {say(words.fill_in, { label })}
            </button>
          </p>
        </>
      ) : (
        <>
          <Field node={node.inner} path={path} typed={typed} {...rest} />
          <p>
            <button type="button" className="plain" onClick={() => rest.change(path, null)}>
              {say(words.clear, { label })}
            </button>
          </p>
        </>
      )}
    </fieldset>
  );
}

function List({ node, path, typed, ...rest }: Of<"list">) {
  const { lang } = useSetting();
  const say = sayIn(lang);
  const items = typed as readonly Typed[];
  const label = say(nameAt(path));
  const fault = faultOf({ path, faults: rest.faults });
  const add = () => rest.change(path, [...items, numbered(node.item, path, items.length + 1)]);
  return (
    <div className="fields">
      {fault !== undefined && <p className="error">{fault}</p>}
      {items.length === 0 && (
        <p>
          <b>{label}</b> <span className="quiet">{say(words.none_yet)}</span>
        </p>
      )}
      {items.map((item, at) => {
        const name = say(words.item, { label, n: String(at + 1) });
        const without = items.filter((_, place) => place !== at);
        return (
          <fieldset className="choices part" key={at}>
            <legend>{name}</legend>
            <Field {...rest} node={node.item} path={[...path, String(at)]} typed={item} />
            <p className="row">
              {node.isOrdered && <Moves {...{ path, items, at, name }} change={rest.change} />}
              <button type="button" className="plain" onClick={() => rest.change(path, without)}>
                {say(words.remove_one, { label: name })}
              </button>
            </p>
          </fieldset>
        );
      })}
      <p>
        <button type="button" className="button" id={idOf(path)} onClick={add}>
          {say(words.add, { label })}
        </button>
      </p>
    </div>
  );
}

/** A new item, numbered as the form numbers its clauses. */
function numbered(node: Node, path: readonly string[], place: number): Typed {
  const blank = blankOf(node);
  const hasClause = node.kind === "object" && node.fields.some(([name]) => name === "clause");
  if (!hasClause) return blank;
  return { ...(blank as Readonly<Record<string, Typed>>), clause: clauseFor(path, place) };
}
