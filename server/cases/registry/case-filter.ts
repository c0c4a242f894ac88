import type { CaseRecord } from '../case.ts';
import { type CodeLists, lawEnforcementCodes } from '../codes/code-lists.ts';
import type { ConsentLevel } from '../consent/consent.ts';
import { registryCodeKey } from './registry-code.ts';

/** Which cases are meant. Every given condition must hold; within a list of codes any one. */
export interface CaseFilter {
  /** First month, `YYYY-MM`, inclusive. */
  readonly fromMonth?: string;
  /** Last month, `YYYY-MM`, inclusive. */
  readonly toMonth?: string;
  readonly sites?: readonly string[];
  readonly oblasts?: readonly string[];
  readonly districts?: readonly string[];
  /** Any of the populations, not the primary one alone. */
  readonly populations?: readonly string[];
  readonly services?: readonly string[];
  readonly readiness?: readonly string[];
  /** The registry's own code, letter case ignored. */
  readonly registryCode?: string;
  readonly perpetrators?: readonly string[];
  readonly acts?: readonly string[];
  /** Whether any of the perpetrators is law enforcement, by the lists' own flags. */
  readonly lawEnforcement?: boolean;
  readonly nearOstSite?: CaseRecord['nearOstSite'];
  /** The narrative consent is at this level or above. */
  readonly minimumConsent?: ConsentLevel;
}

/** Whether a case concerns law enforcement, by the flags of the perpetrator list. */
export function concernsLawEnforcement(record: CaseRecord, lists: CodeLists): boolean {
  const flagged = lawEnforcementCodes(lists);
  return record.perpetrators.some((code) => flagged.has(code));
}

/** Whether a case is meant by a filter: the meaning that every store must share. */
export function matchesFilter(record: CaseRecord, filter: CaseFilter, lists: CodeLists): boolean {
  const any = (wanted: readonly string[] | undefined, have: readonly string[]) =>
    wanted === undefined || have.some((code) => wanted.includes(code));
  return (
    (filter.fromMonth === undefined || record.month >= filter.fromMonth) &&
    (filter.toMonth === undefined || record.month <= filter.toMonth) &&
    any(filter.sites, record.site === null ? [] : [record.site]) &&
    any(filter.oblasts, [record.oblast]) &&
    any(filter.districts, record.district === null ? [] : [record.district]) &&
    any(filter.populations, record.populations) &&
    any(filter.services, record.services) &&
    any(filter.readiness, [record.readiness]) &&
    (filter.registryCode === undefined ||
      registryCodeKey(filter.registryCode) === registryCodeKey(record.registryCode)) &&
    any(filter.perpetrators, record.perpetrators) &&
    any(filter.acts, record.acts) &&
    (filter.lawEnforcement === undefined ||
      concernsLawEnforcement(record, lists) === filter.lawEnforcement) &&
    (filter.nearOstSite === undefined || record.nearOstSite === filter.nearOstSite) &&
    (filter.minimumConsent === undefined || record.consent.narrative.level >= filter.minimumConsent)
  );
}
