// Text from bytes in UTF-8, without its byte order mark; other encodings are recognized and refused by name.
import { checkEncoding, InputError } from 'emft/check';

export function decodeText(name: string, bytes: Uint8Array): string {
  checkEncoding(name, bytes);
  const zero = bytes.indexOf(0);
  if (zero >= 0) throw new InputError(name, `is not text: its byte ${zero}, counted from 0, is 0`);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    const line = new TextDecoder('utf-8').decode(bytes).split('\uFFFD', 1)[0].split('\n').length;
    throw new InputError(name, `line ${line}: is not text in UTF-8`);
  }
}

/** Deeper than anything that is expected; text that is nested far deeper takes memory without limit to parse. */
const DEEPEST = 64;

export function parseJson(name: string, text: string): unknown {
  if (depthOf(text) > DEEPEST) throw new InputError(name, `is nested deeper than ${DEEPEST} levels`);
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new InputError(name, `is not valid JSON: ${(error as Error).message}`);
  }
}

/** How deep brackets are nested outside of strings. */
function depthOf(text: string): number {
  let [depth, deepest, inString] = [0, 0, false];
  for (let i = 0; i < text.length; ++i) {
    const c = text.charCodeAt(i);
    if (inString) {
      if (c === 0x5c) ++i;
      else if (c === 0x22) inString = false;
    } else if (c === 0x22) inString = true;
    else if (c === 0x5b || c === 0x7b) deepest = Math.max(deepest, ++depth);
    else if (c === 0x5d || c === 0x7d) --depth;
  }
  return deepest;
}
