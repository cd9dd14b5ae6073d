// Text that other people wrote (titles, names of files, messages) on its way to a terminal. A control
// character in it could clear the screen, set the window's title or rewrite earlier lines; a mark of direction
// could make one name look like another.

/** C0, DEL, C1, line and paragraph separators, marks of direction, and halves of surrogate pairs. */
const UNSEEN =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
  /[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;

const short: Readonly<Record<string, string>> = { '\n': '\\n', '\r': '\\r', '\t': '\\t' };

const escaped = (character: string) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;

/** The same text with every such character escaped as in JSON, so that it stays on one line. */
export function printable(text: string): string {
  return text.replace(UNSEEN, (character) => short[character] ?? escaped(character));
}

/** A JSON text in which the characters that JSON leaves are escaped too: the same document. */
export function printableJson(json: string): string {
  return json.replace(UNSEEN, escaped);
}
