import { expect, test } from 'vitest';
import { DEFAULT_CODE_LISTS as lists } from '../../../server/cases/codes/code-lists.ts';
import { type PublicAttribute, presentCase } from '../../../server/cases/present.ts';
import { approveNarrative } from '../../../server/cases/review/narrative-review.ts';
import { canonicalJson } from '../../../server/kernel/canonical-json.ts';
import { aCase, aConsent } from '../../builders/case.ts';

const record = aCase({
  registryCode: 'REG-1',
  month: '2021-10',
  date: '2021-10-14',
  district: 'bishkek-lenin',
  site: 'bishkek-1',
  nearOstSite: 'yes',
  durationMinutes: 187,
  response: 'consultation',
  acts: ['beating', 'threat'],
  narrative: { ky: 'Аны токтотушкан.', ru: 'Его остановили.' },
  consent: { narrative: aConsent({ level: 'C2', recipient: 'ministry' }), media: aConsent() },
});
const narrative = approveNarrative({ narrative: record.narrative, decisions: [] });
const present = (attributes: PublicAttribute[]) =>
  presentCase({ record, exhibit: 'E-07', narrative, attributes, lists });

test('what leaves of a case is the text, the month and two attributes, and nothing else', () => {
  expect(canonicalJson(present(['act', 'place']))).toBe(
    JSON.stringify({
      attributes: [
        {
          attribute: 'act',
          code: 'beating',
          label: { en: 'Physical violence', ky: 'Күч колдонуу', ru: 'Физическое насилие' },
        },
        {
          attribute: 'place',
          code: 'street',
          label: { en: 'In the street', ky: 'Көчөдө', ru: 'На улице' },
        },
      ],
      exhibit: 'E-07',
      format: 'dalil-case/1',
      text: { ky: 'Аны токтотушкан.', ru: 'Его остановили.' },
    }),
  );
});

test('no third attribute, and none that says who the person is', () => {
  const refused = expect.objectContaining({ code: 'ATTRIBUTES_NOT_ALLOWED' });
  expect(() => present(['act', 'place', 'oblast'])).toThrow(refused);
  expect(() => present(['primaryPopulation' as PublicAttribute])).toThrow(refused);
  expect(present(['act', 'act', 'oblast']).attributes).toHaveLength(2);
  expect(present([]).attributes).toEqual([]);
});
