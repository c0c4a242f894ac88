import { z } from 'zod';
import type { ChangedPart } from '../editing/compare-versions.ts';
import type { Finding } from '../findings.ts';
import type { Localized } from '../writing/language.ts';

/** A text in every language, as the interface answers it. */
export const SAID = z.strictObject({ ky: z.string(), ru: z.string(), en: z.string() });

/** A finding, as the interface answers it. */
export const FOUND = z.strictObject({
  rule: z.string(),
  severity: z
    .enum(['stop', 'seal', 'warn'])
    .describe('stop: not printed; seal: printed as a draft and not sealed; warn: to be looked at'),
  field: z.string().describe('empty where it is about the whole letter'),
  sentence: SAID,
});

/** What changed between two versions, as the interface answers it. */
export const CHANGES = z.strictObject({
  changes: z.array(
    z.strictObject({
      part: z.string(),
      removed: z.array(z.string()),
      added: z.array(z.string()),
      moved: z.boolean(),
    }),
  ),
});

/** Findings, field by field. */
export function presentFindings(findings: readonly Finding[]): z.infer<typeof FOUND>[] {
  return findings.map(({ rule, severity, field, sentence }) => ({
    rule,
    severity,
    field,
    sentence: presentSaid(sentence),
  }));
}

/** A text in every language, language by language. */
export function presentSaid(text: Localized): z.infer<typeof SAID> {
  return { ky: text.ky, ru: text.ru, en: text.en };
}

/** Changed parts, field by field. */
export function presentChanges(changes: readonly ChangedPart[]): z.infer<typeof CHANGES> {
  return {
    changes: changes.map(({ part, removed, added, moved }) => ({
      part,
      removed: [...removed],
      added: [...added],
      moved,
    })),
  };
}
