import { z } from 'zod';
import { CASE_SCHEMA, type CaseRecord } from '../../cases/case.ts';
import { CASE_EVENT_SCHEMA, type CaseEvent } from '../../cases/registry/case-history.ts';
import { registryCodeKey } from '../../cases/registry/registry-code.ts';
import { DECISION_SCHEMA, type Decision } from '../../cases/review/narrative-review.ts';
import type { OutputNamer, TextSealer } from '../../kernel/vault.ts';
import type { CodedCase, SealedCasesTable } from './sqlite-cases-schema.ts';

/** What of a case is sealed: whatever is personal or finer than a district and a month. */
const SEALED_SCHEMA = CASE_SCHEMA.extend({
  // Not asked before the registry knew them.
  ageGroup: CASE_SCHEMA.shape.ageGroup.default(null),
  gender: CASE_SCHEMA.shape.gender.default(null),
}).pick({
  registryCode: true,
  date: true,
  site: true,
  durationMinutes: true,
  ageGroup: true,
  gender: true,
  narrative: true,
  consent: true,
});

/** Codes as a column holds them; no code has the sign in it. */
const joined = (codes: readonly string[]) => (codes.length === 0 ? '' : `|${codes.join('|')}|`);
const parted = (codes: string) => (codes === '' ? [] : codes.slice(1, -1).split('|'));

/** Turns cases into rows and back; nothing personal is outside the sealed columns. */
export interface CaseSealer {
  toCoded(record: CaseRecord, number: number): CodedCase;
  toSealed(record: CaseRecord): Uint8Array;
  fromRow(row: CodedCase & Pick<SealedCasesTable, 'sealed'>): CaseRecord;
  sealDecisions(id: string, decisions: readonly Decision[]): Uint8Array;
  openDecisions(id: string, sealed: Uint8Array | null): Decision[];
  sealEvent(id: string, number: number, event: CaseEvent): Uint8Array;
  openEvent(id: string, number: number, sealed: Uint8Array): CaseEvent;
  registryName(code: string): string;
  siteName(site: string): string;
}

/** Creates the mapping between cases and rows. */
export function createCaseSealer(deps: { sealer: TextSealer; namer: OutputNamer }): CaseSealer {
  const { sealer, namer } = deps;
  const placeOf = (row: string, field: string) => ({ table: 'cases', row, field });
  const eventPlace = (id: string, number: number) => ({
    table: 'case_history',
    row: `${id}/${number}`,
    field: 'sealed',
  });
  const registryName = (code: string) =>
    namer.nameFor({ table: 'cases', field: 'registryCode', value: registryCodeKey(code) });
  const siteName = (site: string) =>
    namer.nameFor({ table: 'cases', field: 'site', value: site.toLowerCase() });

  return {
    registryName,
    siteName,
    toCoded: (record, number) => ({
      number,
      id: record.id,
      registry_name: registryName(record.registryCode),
      month: record.month,
      oblast: record.oblast,
      district: record.district,
      site_name: record.site === null ? null : siteName(record.site),
      near_ost_site: record.nearOstSite,
      primary_population: record.primaryPopulation,
      place: record.place,
      response: record.response,
      readiness: record.readiness,
      consent_level: record.consent.narrative.level,
      populations: joined(record.populations),
      perpetrators: joined(record.perpetrators),
      acts: joined(record.acts),
      services: joined(record.services),
    }),
    toSealed(record) {
      const sealed: z.infer<typeof SEALED_SCHEMA> = {
        registryCode: record.registryCode,
        date: record.date,
        site: record.site,
        durationMinutes: record.durationMinutes,
        ageGroup: record.ageGroup,
        gender: record.gender,
        narrative: record.narrative,
        consent: record.consent,
      };
      return sealer.seal(placeOf(record.id, 'sealed'), JSON.stringify(sealed));
    },
    fromRow(row) {
      const sealed = SEALED_SCHEMA.parse(
        JSON.parse(sealer.open(placeOf(row.id, 'sealed'), row.sealed)),
      );
      return {
        id: row.id,
        registryCode: sealed.registryCode,
        month: row.month,
        date: sealed.date,
        oblast: row.oblast,
        district: row.district,
        site: sealed.site,
        nearOstSite: CASE_SCHEMA.shape.nearOstSite.parse(row.near_ost_site),
        primaryPopulation: row.primary_population,
        populations: parted(row.populations),
        perpetrators: parted(row.perpetrators),
        acts: parted(row.acts),
        place: row.place,
        durationMinutes: sealed.durationMinutes,
        response: row.response,
        services: parted(row.services),
        readiness: row.readiness,
        ageGroup: sealed.ageGroup,
        gender: sealed.gender,
        narrative: sealed.narrative,
        consent: sealed.consent,
      };
    },
    sealEvent: (id, number, event) => sealer.seal(eventPlace(id, number), JSON.stringify(event)),
    openEvent: (id, number, sealed) =>
      CASE_EVENT_SCHEMA.parse(JSON.parse(sealer.open(eventPlace(id, number), sealed))),
    sealDecisions: (id, decisions) =>
      sealer.seal(placeOf(id, 'sealed_decisions'), JSON.stringify(decisions)),
    openDecisions: (id, sealed) =>
      sealed === null
        ? []
        : z
            .array(DECISION_SCHEMA)
            .parse(JSON.parse(sealer.open(placeOf(id, 'sealed_decisions'), sealed))),
  };
}
