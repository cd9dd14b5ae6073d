// Native form controls for a view's parameters, each with a visible label and its value in words.
import { formatNumber, type Param, type Values } from './params.js';
import { setText } from './text.js';

export interface Controls {
  element: HTMLFormElement;
  /** Sets one control without reporting it back. */
  set(key: string, value: number | string): void;
}

/** Builds the controls; `changed` is called with all values at every input. */
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
  for (const param of params) {
    const field = document.createElement('div');
    field.className = 'field';
    const id = `param-${param.key}`;
    const label = document.createElement('label');
    label.htmlFor = id;
    setText(label, param.label);
    const { input, set } = param.kind === 'choice' ? choiceInput(param) : rangeInput(param, field);
    input.id = id;
    input.name = param.key;
    if (param.hint) {
      input.setAttribute('aria-describedby', `${id}-hint`);
      const hint = document.createElement('small');
      hint.id = `${id}-hint`;
      hint.textContent = param.hint;
      field.append(label, input, hint);
    } else field.append(label, input);
    set(values[param.key]);
    setters.set(param.key, set);
    input.addEventListener('input', () => {
      values[param.key] = readInput(param, input.value);
      set(values[param.key]);
      changed({ ...values });
    });
    form.append(field);
  }
  return {
    element: form,
    set(key, value) {
      values[key] = value;
      setters.get(key)?.(value);
    },
  };
}

function readInput(param: Param, text: string): number | string {
  if (param.kind === 'choice') return text;
  if (param.kind !== 'log') return Number(text);
  const x = Number((10 ** Number(text)).toPrecision(3));
  return Math.min(param.max, Math.max(param.min, x));
}

function choiceInput(param: Param & { kind: 'choice' }) {
  const input = document.createElement('select');
  for (const { value, label } of param.choices) input.append(new Option(label, value));
  const set = (value: number | string) => {
    input.value = String(value);
  };
  return { input, set };
}

function rangeInput(param: Exclude<Param, { kind: 'choice' }>, field: HTMLElement) {
  const input = document.createElement('input');
  input.type = 'range';
  const log = param.kind === 'log';
  input.min = String(log ? Math.log10(param.min) : param.min);
  input.max = String(log ? Math.log10(param.max) : param.max);
  input.step = log ? '0.01' : String(param.step ?? 1);
  const output = document.createElement('output');
  output.htmlFor.add(`param-${param.key}`);
  field.append(output);
  const set = (value: number | string) => {
    input.value = String(log ? Math.log10(Number(value)) : value);
    output.textContent = formatNumber(Number(value));
    input.setAttribute('aria-valuetext', formatNumber(Number(value)));
  };
  return { input, set };
}
