import { findingText, type ReportText } from './present-report.ts';
import type { Report, SupersededChain } from './report.ts';
import { unprovedId } from './verdict.ts';

/** A report for programs: everything by its code, and beside each code its words in one language. */
export interface ReportInWords extends Omit<Report, 'notProved'> {
  /** The language of `title` and `message`. */
  readonly lang: string;
  /** Codes of what no check can show (`UNPROVED`). */
  readonly notProved: ReadonlyArray<{ readonly code: string; readonly message: string }>;
  readonly chain?: SupersededChain;
}

/** What `dalil verify --json` prints and the page saves, field by field. Codes never change their meaning. */
export function reportInWords(
  report: Report & { readonly chain?: SupersededChain },
  text: ReportText & { readonly language: string },
): ReportInWords {
  const { chain } = report;
  return {
    verdict: report.verdict,
    pack: report.pack,
    sealedAt: report.sealedAt,
    supersedes: report.supersedes,
    statementSha256: report.statementSha256,
    signerSha256: report.signerSha256,
    sample: report.sample,
    lang: text.language,
    steps: report.steps.map(({ id, result }) => ({ id, title: text(`step.${id}`), result })),
    files: report.files,
    certificate: report.certificate,
    timestamps: report.timestamps,
    findings: report.findings.map((one) => ({
      code: one.code,
      step: one.step,
      path: one.path,
      message: findingText(one, text),
      ...(one.detail === undefined ? {} : { detail: one.detail }),
    })),
    openings: report.openings,
    notProved: report.notProved.map((sentence) => {
      const code = unprovedId(sentence);
      return { code, message: text(`unproved.${code}`) };
    }),
    ...(chain === undefined ? {} : { chain }),
  };
}
