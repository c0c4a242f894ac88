import english from 'dictionary-en';
import russian from 'dictionary-ru';
import { type AffixDictionary, readAffixDictionary } from '../cases/anonymise/affix-dictionary.ts';

/** The spelling dictionaries of Russian and English that come with Dalil. */
export function readSpellingDictionaries(): { ru: AffixDictionary; en: AffixDictionary } {
  const read = ({ aff, dic }: { aff: Uint8Array; dic: Uint8Array }) =>
    readAffixDictionary({ aff: textOf(aff), dic: textOf(dic) });
  return { ru: read(russian), en: read(english) };
}

function textOf(bytes: Uint8Array): string {
  return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
}
