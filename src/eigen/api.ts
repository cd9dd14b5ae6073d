// The methods this room adds to a core; src/index.ts joins the rooms.
import type { Runtime } from '../core/runtime.js';

export function eigenApi(_runtime: Runtime) {
  return {};
}
