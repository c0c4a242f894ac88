import type { LetterRules } from '../letters/letter-rules.ts';
import type { Localized } from '../letters/writing/language.ts';
import type { MessageCatalogs } from '../letters/writing/message-catalog.ts';
import type { PackTexts } from '../packs/pack-texts.ts';

/** A text of the catalogs in every language. */
export function inEveryLanguage(
  messages: MessageCatalogs,
  key: string,
  values?: Readonly<Record<string, string>>,
): Localized {
  return {
    ky: messages.ky(key, values),
    ru: messages.ru(key, values),
    en: messages.en(key, values),
  };
}

/** The texts that packs need, out of the catalogs of the letters. */
export function packTexts({ messages, types }: Pick<LetterRules, 'messages' | 'types'>): PackTexts {
  return {
    letterTitle: ({ type, kind }) =>
      types.get(type)!.title ?? inEveryLanguage(messages, `letter.kind.${kind}`),
    annexTitle: (role) => inEveryLanguage(messages, `annex.${role}.title`),
    inventoryTitle: inEveryLanguage(messages, 'annex.inventory.title'),
    caseTitle: (exhibit) => inEveryLanguage(messages, 'pack.case', { exhibit }),
    presenceKind: (kind) => inEveryLanguage(messages, `annex.presence.kinds.${kind}`),
  };
}
