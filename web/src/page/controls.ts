// Native form controls for a view's parameters, each with a visible label and its value in words.
import {
  formatNumber,
  type NumberParam,
  type Param,
  type TextParam,
  type Values,
  within,
} from '../parts/params.js';
import { setText } from '../parts/text.js';
import { fromBefore } from './elements.js';

export interface Controls {
  element: HTMLFormElement;
  /** The field of a parameter, which is made when it is first asked for. */
  field(key: string): HTMLElement | undefined;
  /** Sets one control without reporting it back. */
  set(key: string, value: number | string): void;
}

/** Controls, of which the form has no fields yet; `changed` is called with all values at every input. */
export function buildControls(
  params: readonly Param[],
  initial: Values,
  changed: (values: Values) => void,
): Controls {
  const values = { ...initial };
  const setters = new Map<string, (value: number | string) => void>();
  const form = document.createElement('form');
  form.className = 'controls';
  form.addEventListener('submit', (event) => event.preventDefault());
  /** Several at once, as an editor of a text does. */
  function change(some: Values): void {
    for (const [key, value] of Object.entries(some)) {
      values[key] = value;
      setters.get(key)?.(value);
    }
    changed({ ...values });
  }

  function make(param: Param): HTMLElement {
    const field = document.createElement('div');
    field.className = param.half ? 'field half' : 'field';
    const id = `param-${param.key}`;
    const label = document.createElement('label');
    label.htmlFor = id;
    setText(label, param.label);
    const made =
      param.kind === 'text'
        ? textInput(param, field, change)
        : param.kind === 'choice'
          ? choiceInput(param)
          : rangeInput(param, field);
    const { input, set } = made;
    input.id = id;
    input.name = param.key;
    const nodes = 'nodes' in made ? made.nodes : [input];
    if (param.hint) {
      input.setAttribute('aria-describedby', `${id}-hint`);
      const hint = document.createElement('small');
      hint.id = `${id}-hint`;
      setText(hint, param.hint);
      field.append(label, ...nodes, hint);
    } else field.append(label, ...nodes);
    set(values[param.key]);
    setters.set(param.key, set);
    if (param.kind !== 'text') {
      input.addEventListener('input', () => {
        values[param.key] = readInput(param, input.value);
        set(values[param.key]);
        changed({ ...values });
      });
    }
    return field;
  }
  const fields = new Map<string, HTMLElement>();
  return {
    element: form,
    field(key) {
      const param = params.find((one) => one.key === key);
      const field = fields.get(key) ?? (param && make(param));
      if (field) fields.set(key, field);
      return field;
    },
    set(key, value) {
      values[key] = value;
      setters.get(key)?.(value);
    },
  };
}

function readInput(param: Exclude<Param, TextParam>, text: string): number | string {
  if (param.kind === 'choice') return text;
  if (param.kind !== 'log') return Number(text);
  return within(param, 10 ** Number(text));
}

function choiceInput(param: Param & { kind: 'choice' }) {
  const input = document.createElement('select');
  for (const { value, label } of param.choices) input.append(new Option(label, value));
  const set = (value: number | string) => {
    input.value = String(value);
  };
  return { input, set };
}

/** The view's own editor, and below it what is wrong. */
function textInput(param: TextParam, field: HTMLElement, change: (values: Values) => void) {
  field.classList.add('wide');
  const wrong = document.createElement('p');
  wrong.className = 'wrong';
  wrong.id = `param-${param.key}-wrong`;
  wrong.setAttribute('role', 'alert');
  const { input, nodes, set } = param.editor({
    change,
    complain(problem) {
      wrong.textContent = problem ? problem.replace(/\.?$/, `.${fromBefore()}`) : '';
      if (problem) {
        input.setAttribute('aria-invalid', 'true');
        input.setAttribute('aria-errormessage', wrong.id);
      } else {
        input.removeAttribute('aria-invalid');
        input.removeAttribute('aria-errormessage');
      }
    },
  });
  return { input, nodes: [...nodes, wrong], set: (value: number | string) => set(String(value)) };
}

function rangeInput(param: NumberParam, field: HTMLElement) {
  const input = document.createElement('input');
  input.type = 'range';
  const log = param.kind === 'log';
  input.min = String(log ? Math.log10(param.min) : param.min);
  input.max = String(log ? Math.log10(param.max) : param.max);
  input.step = log ? '0.01' : String(param.step ?? 1);
  // For whoever sets it by its value from outside.
  input.dataset.scale = log ? 'log' : 'linear';
  const output = document.createElement('output');
  output.htmlFor.add(`param-${param.key}`);
  field.append(output);
  const set = (value: number | string) => {
    // A place between two whole numbers is kept, so that keys walk on from it.
    if (readInput(param, input.value) !== value)
      input.value = String(log ? Math.log10(Number(value)) : value);
    output.textContent = formatNumber(Number(value));
    input.setAttribute('aria-valuetext', formatNumber(Number(value)));
  };
  return { input, set };
}
