/** Invisible characters that change what a reader sees: controls, bidi marks, zero widths. */
const HIDDEN = /[\p{Cc}\p{Cs}\p{Cn}\p{Co}\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/u;

/** Whether a text holds characters that nobody sees, line feeds and tabs among them. */
export function hasHiddenCharacters(text: string): boolean {
  return HIDDEN.test(text);
}
