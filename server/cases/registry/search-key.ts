import { alikeAsOne } from '../../kernel/look-alikes.ts';
import { foldText } from '../anonymise/folded-text.ts';

/**
 * A text as it is searched: folded as for the anonymiser, in lower case, and with one letter for all
 * that are taken for each other. Two spellings of a word have one key.
 */
export function searchKey(text: string): string {
  return alikeAsOne(foldText(text).lower);
}
