import path from 'node:path';
import { loadReportText } from '../../server/adapters/report-texts.ts';

const TEMPLATES = path.resolve(import.meta.dirname, '../../templates');

/** The words of reports, by language. */
export const REPORT_TEXT = {
  ky: await loadReportText(TEMPLATES, 'ky'),
  ru: await loadReportText(TEMPLATES, 'ru'),
  en: await loadReportText(TEMPLATES, 'en'),
};
