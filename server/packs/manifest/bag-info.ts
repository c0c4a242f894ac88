import { isBoundedText } from '../../kernel/bounded-text.ts';
import { PACK_ID } from './pack-path.ts';

/** The whole of `bagit.txt` (RFC 8493, section 2.1.1). */
export const BAGIT_TXT = 'BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n';

/** What every sample says of itself. */
export const SAMPLE_MARK = 'ҮЛГҮ / ОБРАЗЕЦ / SAMPLE';

/** The metadata of the bag. It names no person and no organisation. */
export interface BagInfo {
  readonly id: string;
  /** The day of sealing in UTC, `YYYY-MM-DD`. */
  readonly baggingDate: string;
  /** Bytes and number of the files under `data/`. */
  readonly payload: { readonly bytes: number; readonly files: number };
  readonly sample: boolean;
}

const DATE = /^\d{4}-\d{2}-\d{2}$/;
/** More than its six lines have. */
const MOST_BYTES = 1_000;

/** The text of `bag-info.txt` (RFC 8493, section 2.2.2). */
export function formatBagInfo({ id, baggingDate, payload, sample }: BagInfo): string {
  return [
    'Bag-Software-Agent: dalil',
    `Bagging-Date: ${baggingDate}`,
    'External-Description: Evidence pack; verify/VERIFY.txt says how to check it',
    `External-Identifier: ${id}`,
    ...(sample ? [`Internal-Sender-Description: ${SAMPLE_MARK}`] : []),
    `Payload-Oxum: ${payload.bytes}.${payload.files}`,
    '',
  ].join('\n');
}

/** Reads a `bag-info.txt` that may come from anybody; null unless it is exactly ours. */
export function parseBagInfo(text: string): BagInfo | null {
  if (!isBoundedText(text, MOST_BYTES)) return null;
  const value = (name: string) => new RegExp(`^${name}: (.*)$`, 'm').exec(text)?.[1] ?? '';
  const oxum = /^(\d{1,16})\.(\d{1,9})$/.exec(value('Payload-Oxum'));
  const info: BagInfo = {
    id: value('External-Identifier'),
    baggingDate: value('Bagging-Date'),
    payload: { bytes: Number(oxum?.[1]), files: Number(oxum?.[2]) },
    sample: value('Internal-Sender-Description') === SAMPLE_MARK,
  };
  const known = oxum !== null && PACK_ID.test(info.id) && DATE.test(info.baggingDate);
  return known && formatBagInfo(info) === text ? info : null;
}
