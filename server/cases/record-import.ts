import type { JsonValue } from '../kernel/canonical-json.ts';
import { startSha256 } from '../kernel/digest.ts';
import type { ImportCases } from './import-cases.ts';

/** Notes in the custody log that cases were received; `detail` is sealed there. */
export type RecordReceipt = (event: {
  kind: 'received';
  role: string;
  detail: JsonValue;
}) => Promise<unknown>;

/**
 * The import, noted in the custody log: how many cases came in, and the digest of the table they came
 * in, so that it can be shown later which table that was. A dry run and a refused table leave no note.
 */
export function createRecordedImport(deps: {
  importCases: ImportCases;
  recordReceipt: RecordReceipt;
}): ImportCases {
  return async function importRecorded({ bytes, dryRun }) {
    const digest = startSha256();
    async function* hashed() {
      for await (const part of bytes) {
        digest.update(part);
        yield part;
      }
    }
    const report = await deps.importCases({ bytes: hashed(), dryRun });
    if (report.importedCount > 0) {
      const detail = { table: digest.digest(), cases: report.importedCount };
      await deps.recordReceipt({ kind: 'received', role: 'lawyer', detail });
    }
    return report;
  };
}
