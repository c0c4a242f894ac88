import type { CaseRecord } from './case.ts';
import { type CodeLists, type Labels, labelOf } from './codes/code-lists.ts';
import { CasesError } from './errors.ts';
import type { ApprovedNarrative } from './review/narrative-review.ts';

/** The coded attributes a published case may show. Who the person is is none of them. */
export const PUBLIC_ATTRIBUTES = ['act', 'place', 'perpetrator', 'oblast'] as const;
/** One of the coded attributes a published case may show. */
export type PublicAttribute = (typeof PUBLIC_ATTRIBUTES)[number];

/** All that leaves of a case: the content of `data/cases/<exhibit>.json`, fit for canonical JSON. */
export type PublishedCase = {
  readonly format: 'dalil-case/1';
  readonly exhibit: string;
  readonly text: { readonly [language: string]: string };
  readonly attributes: readonly {
    readonly attribute: PublicAttribute;
    readonly code: string;
    readonly label: { readonly ky: string; readonly ru: string; readonly en: string };
  }[];
};

/**
 * What may leave of a case, field by field: the approved text and at most two coded attributes; of a list of values only the first counts as the attribute.
 *
 * @throws {CasesError} `ATTRIBUTES_NOT_ALLOWED` for more than two attributes or one not public.
 */
export function presentCase(given: {
  record: CaseRecord;
  exhibit: string;
  narrative: ApprovedNarrative;
  attributes: readonly PublicAttribute[];
  lists: CodeLists;
}): PublishedCase {
  const { record, exhibit, narrative, lists } = given;
  const attributes = [...new Set(given.attributes)];
  if (attributes.length > 2 || attributes.some((one) => !PUBLIC_ATTRIBUTES.includes(one))) {
    throw new CasesError(
      'ATTRIBUTES_NOT_ALLOWED',
      `A published case shows at most two of: ${PUBLIC_ATTRIBUTES.join(', ')}. Take some out.`,
    );
  }
  const text: Record<string, string> = {};
  if (narrative.texts.ky !== undefined) text.ky = narrative.texts.ky;
  if (narrative.texts.ru !== undefined) text.ru = narrative.texts.ru;
  if (narrative.texts.en !== undefined) text.en = narrative.texts.en;
  return {
    format: 'dalil-case/1',
    exhibit,
    text,
    attributes: attributes.map((attribute) => {
      const code = attributeCode(record, attribute);
      return { attribute, code, label: plain(labelOf(lists, attribute, code)) };
    }),
  };
}

/** The code that a case has in a public attribute: of several values the first. */
export function attributeCode(record: CaseRecord, attribute: PublicAttribute): string {
  switch (attribute) {
    case 'act':
      return record.acts[0]!;
    case 'perpetrator':
      return record.perpetrators[0]!;
    case 'place':
      return record.place;
    case 'oblast':
      return record.oblast;
  }
}

function plain(label: Labels) {
  return { ky: label.ky, ru: label.ru, en: label.en };
}
