import { findResidualRisks } from '../review/residual-risk.ts';
import { findNamesLeft } from './names-left.ts';
import type { TextPart } from './review.ts';

/** Something that still leads to somebody. Offsets: UTF-16 units of the text as decided. */
export interface LeftSpan {
  readonly start: number;
  readonly end: number;
  readonly rule: string;
}

/**
 * Looks once more at a text that was decided place by place, as it would leave: for what rules of
 * the other kind find in it, and for names of the case, however they are written. What a person kept
 * for a reason and the labels that were proposed are passed over; words that a person wrote are
 * searched for names.
 *
 * @param nameKeys - keys of everybody who is named in the case.
 */
export function leftInText(
  parts: readonly TextPart[],
  nameKeys: ReadonlySet<string>,
): readonly LeftSpan[] {
  const text = parts.map((part) => part.text).join('');
  const from = new Array<TextPart['from']>(text.length);
  let at = 0;
  for (const part of parts) {
    from.fill(part.from, at, at + part.text.length);
    at += part.text.length;
  }
  const says = (index: number) => /[\p{L}\p{N}]/u.test(text[index]!);
  const speaks = (span: { start: number; end: number }, of: readonly TextPart['from'][]) => {
    for (let i = span.start; i < span.end; i++) if (of.includes(from[i]!) && says(i)) return true;
    return false;
  };
  const risks = findResidualRisks(text)
    .filter((span) => speaks(span, ['raw']))
    .map(({ start, end, rule }): LeftSpan => ({ start, end, rule }));
  const names = findNamesLeft(text, nameKeys)
    .filter((span) => speaks(span, ['raw', 'written']))
    .map(({ start, end }): LeftSpan => ({ start, end, rule: 'name-left' }));
  return [...names, ...risks].sort((a, b) => a.start - b.start);
}
