import { expect, test } from 'vitest';
import { attachFiles } from '../../../../server/adapters/pdf/pdf-attachments.ts';
import { fixPdfIdentity } from '../../../../server/adapters/pdf/pdf-identity.ts';
import { readPdfBase } from '../../../../server/adapters/pdf/pdf-revision.ts';
import { printedPdf } from '../../../../server/adapters/pdf/printed-pdf.ts';
import { aPrintedPdf, PRINTED_OBJECTS } from '../../../builders/printed-pdf.ts';

const DATE = '2026-04-24';
const pdf = printedPdf(aPrintedPdf(PRINTED_OBJECTS));

/** A table whose cells look like every object of the letter, and like its end. */
const HOSTILE = Buffer.from(
  `a;b\n${PRINTED_OBJECTS.map((_, i) => `\n${i + 1} 0 obj\n<</Type /Catalog\n/OpenAction 1 0 R\n/Pages ${i + 1} 0 R>>\nendobj\n`).join('')}\ntrailer\n<</Size 1\n/Root 1 0 R>>\nstartxref\n9\n%%EOF\n`,
);

test('an attached file is no part of the letter, whatever it looks like', () => {
  const files = [{ path: 'data/statistics/a.csv', mediaType: 'text/csv', bytes: HOSTILE }] as const;
  const plain = readPdfBase(fixPdfIdentity(pdf, DATE));
  const attached = readPdfBase(fixPdfIdentity(attachFiles(pdf, files, DATE), DATE));
  expect(attached.root.content).toMatch(/\/AF \[\d+ 0 R\]>>$/);
  expect(attached.root.content.replace(/\n\/Names [\s\S]*/, '>>')).toBe(plain.root.content);
  expect(attached.firstPage).toEqual(plain.firstPage);
});

test('nothing is changed where nothing is attached', () => {
  expect(attachFiles(pdf, [], DATE)).toBe(pdf);
});
