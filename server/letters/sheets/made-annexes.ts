/** Annexes that are made from the letter itself, and so can be bound behind it. */
export const MADE_ANNEXES = [
  'statistics',
  'presence',
  'cases',
  'redaction',
  'exhibits',
  'verification',
] as const;

/** One of {@link MADE_ANNEXES}. */
export type MadeAnnex = (typeof MADE_ANNEXES)[number];
