import type { CaseRecord } from '../case.ts';
import { type CodeLists, isOffered, type ListName } from '../codes/code-lists.ts';

/** A field of a case that holds codes of a list. */
export interface CodedField {
  readonly field: string;
  readonly list: ListName;
  readonly codesOf: (record: CaseRecord) => readonly (string | null)[];
}

const consentFields = (about: 'narrative' | 'media'): CodedField[] => [
  {
    field: `consent.${about}.recipient`,
    list: 'recipient',
    codesOf: ({ consent }) => [consent[about].recipient],
  },
  {
    field: `consent.${about}.purpose`,
    list: 'purpose',
    codesOf: ({ consent }) => [consent[about].purpose],
  },
  {
    field: `consent.${about}.takenBy`,
    list: 'consentTaker',
    codesOf: ({ consent }) => [consent[about].takenBy],
  },
];

/** The fields of a case whose codes an organisation may edit, in the order of the form. */
export const CODED_FIELDS: readonly CodedField[] = [
  { field: 'oblast', list: 'oblast', codesOf: ({ oblast }) => [oblast] },
  { field: 'district', list: 'district', codesOf: ({ district }) => [district] },
  {
    field: 'primaryPopulation',
    list: 'population',
    codesOf: ({ primaryPopulation }) => [primaryPopulation],
  },
  { field: 'populations', list: 'population', codesOf: ({ populations }) => populations },
  { field: 'perpetrators', list: 'perpetrator', codesOf: ({ perpetrators }) => perpetrators },
  { field: 'acts', list: 'act', codesOf: ({ acts }) => acts },
  { field: 'place', list: 'place', codesOf: ({ place }) => [place] },
  { field: 'response', list: 'response', codesOf: ({ response }) => [response] },
  { field: 'services', list: 'service', codesOf: ({ services }) => services },
  { field: 'readiness', list: 'readiness', codesOf: ({ readiness }) => [readiness] },
  { field: 'ageGroup', list: 'ageGroup', codesOf: ({ ageGroup }) => [ageGroup] },
  { field: 'gender', list: 'gender', codesOf: ({ gender }) => [gender] },
  ...consentFields('narrative'),
  ...consentFields('media'),
];

/** Tells which retired codes a case holds, each once, as `act/threat`. */
export function createFindRetired(lists: CodeLists): (record: CaseRecord) => ReadonlySet<string> {
  const retired = new Set(
    CODED_FIELDS.flatMap(({ list }) =>
      lists[list].filter((one) => !isOffered(one)).map(({ code }) => `${list}/${code}`),
    ),
  );
  const fields = CODED_FIELDS.filter(({ list }) => lists[list].some((one) => !isOffered(one)));
  return (record) =>
    new Set(
      fields
        .flatMap(({ list, codesOf }) => codesOf(record).map((code) => `${list}/${code}`))
        .filter((named) => retired.has(named)),
    );
}
