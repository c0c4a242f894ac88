import { z } from 'zod';
import { boundedLines } from '../../kernel/bounded-lines.ts';
import { canonicalJson } from '../../kernel/canonical-json.ts';
import { fromHex, isSha256, type Sha256 } from '../../kernel/digest.ts';
import { leafHash, verifyInclusion } from '../../kernel/merkle.ts';
import { WHOLE_NUMBER } from '../../kernel/whole-number.ts';
import { readLogCheckpoint } from './log-checkpoint.ts';

const digest = z.custom<Sha256>(isSha256);
const LINE_SCHEMA = z.strictObject({
  event: z.strictObject({
    kind: z.string().regex(/^[a-z]{1,32}$/),
    role: z.string().regex(/^[a-z][a-z-]{0,31}$/),
    month: z.string().regex(/^\d{4}-(?:0[1-9]|1[0-2])$/),
    detail: digest,
  }),
  index: WHOLE_NUMBER,
  proof: z.array(digest).max(64),
});
const CHECKPOINT_SCHEMA = z.strictObject({ checkpoint: z.string().min(1).max(4_096) });

/** One event of the custody log: what, by which role, in which month, and where in the log. */
export type CustodyLine = Readonly<z.infer<typeof LINE_SCHEMA>>;

/** The pack's events, each with its audit path, and the signed checkpoint that they lead to. */
export interface CustodyLines {
  /** A C2SP signed note: origin, size, root, and the signature of the log. */
  readonly checkpoint: string;
  readonly lines: readonly CustodyLine[];
}

/** The text of `evidence/custody.jsonl`: the checkpoint first, then the events as the log has them. */
export function formatCustody({ checkpoint, lines }: CustodyLines): string {
  return [
    canonicalJson({ checkpoint }),
    ...lines.map(({ event, index, proof }) =>
      canonicalJson({
        event: { kind: event.kind, role: event.role, month: event.month, detail: event.detail },
        index,
        proof: [...proof],
      }),
    ),
  ]
    .map((line) => `${line}\n`)
    .join('');
}

/** A checkpoint of a short name and signature, and one in which every character is escaped. */
const LINE_CHARACTERS = { shortest: 64, longest: 32_768 };

/** Reads custody events that may come from anybody; null unless {@link formatCustody} wrote them. */
export function parseCustody(text: string): CustodyLines | null {
  try {
    const read = boundedLines(text, LINE_CHARACTERS);
    if (read === null) return null;
    const { checkpoint } = CHECKPOINT_SCHEMA.parse(JSON.parse(read[0]!));
    const lines = read.slice(1).map((line) => LINE_SCHEMA.parse(JSON.parse(line)));
    const ordered = lines.every(({ index }, i) => i === 0 || index > lines[i - 1]!.index);
    const custody = { checkpoint, lines };
    return ordered && formatCustody(custody) === text ? custody : null;
  } catch {
    return null;
  }
}

/**
 * Whether every event is in the tree that the checkpoint names. The signature of the log is not
 * judged here: its key is not in the pack.
 */
export function custodyIncluded({ checkpoint, lines }: CustodyLines): boolean {
  const log = readLogCheckpoint(checkpoint);
  if (log === null) return false;
  const { size, root } = log;
  return lines.every(({ event, index, proof }) => {
    const { kind, role, month, detail } = event;
    const leaf = new TextEncoder().encode(canonicalJson({ kind, role, month, detail }));
    return verifyInclusion({
      leaf: leafHash(leaf),
      index,
      size,
      proof: proof.map(fromHex),
      root,
    });
  });
}
