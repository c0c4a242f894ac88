import type { LetterModel } from '../letter-model.ts';
import { digestGroups } from '../writing/typography.ts';
import type { Writer } from '../writing/writer.ts';
import { type AnnexView, presentAnnex } from './present-page.ts';
import type { BoundAnnex } from './sheet-numbers.ts';

/** A step: what to do, and what to type. */
interface StepView {
  readonly text: string;
  readonly commands: readonly string[];
}

/** The annex that says how to check the materials. */
export interface VerificationView extends AnnexView {
  /** Digest of the organisation's key; null where it is not known yet. */
  readonly key: { readonly text: string; readonly digest: readonly string[] } | null;
  readonly parts: readonly { readonly heading: string; readonly steps: readonly StepView[] }[];
  /** That files lie in the letter's own file; null where none do. */
  readonly attached: string | null;
  readonly more: string;
  readonly proves: string;
}

/** What is typed; the same in every language, and the same as in `verify/VERIFY.txt`. */
const COMMANDS = {
  disc: {
    linux: ['sha256sum -c SHA256SUMS.txt'],
    windows: ['certutil -hashfile FILE SHA256'],
  },
  pack: {
    unpack: ['unzip pack.zip && cd EP-*'],
    key: ['openssl pkey -pubin -in seal/signer.pem -outform DER | sha256sum'],
    signature: [
      'openssl dgst -sha256 -verify seal/signer.pem -signature seal/statement.p256.sig seal/statement.txt',
    ],
    lists: ['sha256sum -c --strict tagmanifest-sha256.txt manifest-sha256.txt'],
    all: ['sh verify/verify.sh DIGEST'],
  },
} as const;

/** Writes how anybody can check disc and pack with the tools of their own computer. */
export function presentVerification(
  model: LetterModel,
  writer: Writer,
  annex: BoundAnnex,
): VerificationView {
  const text = (key: string) => writer.line(`annex.verification.${key}`);
  const steps = (part: 'disc' | 'pack'): StepView[] =>
    Object.entries(COMMANDS[part]).map(([step, commands]) => ({
      text: text(`${part}Steps.${step}`),
      commands,
    }));
  return {
    head: presentAnnex(model, writer, annex),
    key:
      model.keySha256 === undefined
        ? null
        : { text: text('key'), digest: digestGroups(model.keySha256) },
    parts: [
      { heading: text('disc'), steps: steps('disc') },
      { heading: text('pack'), steps: steps('pack') },
    ],
    attached: model.attached === true ? writer.paragraph('annex.verification.attached') : null,
    more: writer.paragraph('annex.verification.more'),
    proves: writer.paragraph('annex.verification.proves'),
  };
}
