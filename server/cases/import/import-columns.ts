import type { CodeLists, ListName } from '../codes/code-lists.ts';

/** What a column of the import template holds. */
export interface ImportColumn {
  readonly name: string;
  readonly required?: true;
  /** The coded list its values come from. */
  readonly list?: ListName;
  /** Several values, separated by `|`. */
  readonly many?: true;
  /** The values themselves, where they come from no list. */
  readonly values?: readonly string[];
}

const consentColumns = (about: 'narrative' | 'media'): ImportColumn[] => [
  { name: `consent_${about}`, list: 'consent' },
  { name: `consent_${about}_recipient`, list: 'recipient' },
  { name: `consent_${about}_purpose`, list: 'purpose' },
  { name: `consent_${about}_language`, values: ['ky', 'ru', 'en'] },
  { name: `consent_${about}_taken_by`, list: 'consentTaker' },
  { name: `consent_${about}_taken_on` },
  { name: `consent_${about}_expires_on` },
];

/** The columns of the import template, in its order. */
export const IMPORT_COLUMNS: readonly ImportColumn[] = [
  { name: 'registry_code', required: true },
  { name: 'happened_on', required: true },
  { name: 'oblast', required: true, list: 'oblast' },
  { name: 'district', list: 'district' },
  { name: 'site' },
  { name: 'near_ost_site', list: 'nearOstSite' },
  { name: 'primary_population', required: true, list: 'population' },
  { name: 'populations', list: 'population', many: true },
  { name: 'perpetrators', required: true, list: 'perpetrator', many: true },
  { name: 'acts', required: true, list: 'act', many: true },
  { name: 'place', list: 'place' },
  { name: 'duration_minutes' },
  { name: 'response', list: 'response' },
  { name: 'services', list: 'service', many: true },
  { name: 'readiness', list: 'readiness' },
  { name: 'age_group', list: 'ageGroup' },
  { name: 'gender', list: 'gender' },
  ...consentColumns('narrative'),
  ...consentColumns('media'),
  { name: 'narrative_ky' },
  { name: 'narrative_ru' },
  { name: 'narrative_en' },
];

/** The values a column allows, or none where it is free. */
export function allowedValues(column: ImportColumn, lists: CodeLists): readonly string[] {
  if (column.list !== undefined) return lists[column.list].map((item) => item.code);
  return column.values ?? [];
}

/**
 * Columns that say where exactly, who exactly or with which device: dropped at the door, unread.
 * The names are those of DHIS2 exports and of phone forms, as normalised by `columnName`.
 */
const PERSONAL = new RegExp(
  `^(?:${[
    'geometry|geo|geopoint|geolocation|geojson|wkt|gps|coords?|coordinates?|location',
    'lat|latitude|lon|long|lng|longitude|altitude|accuracy|address',
    '(?:completed|created|updated|stored|entered|recorded|submitted|last_updated)_(?:by|user)(?:_client|_data_value)?',
    'stored_by_data_value|assigned_user|user|user_?name|user_id|login|owner',
    'name|full_name|first_name|last_name|surname|patronymic|nickname|fio',
    'email|e_mail|phone|phone_number|pin|inn|passport|birth_?date|date_of_birth',
    // The same in Russian and Kyrgyz, as people head their own tables.
    'геолокация|координаты?|широта|долгота|адрес|адрес_проживания|дареги|турган_жери',
    'фио|ф_и_о|имя|фамилия|отчество|имя_клиента|аты|аты_жөнү|фамилиясы|атасынын_аты|кличка|лакап_аты',
    'телефон|номер_телефона|тел|телефону|телефон_номери|почта|электронная_почта',
    'инн|пин|паспорт|номер_паспорта|паспорту|дата_рождения|туулган_күнү|пользователь|кто_внёс|кто_внес',
    'device|device_?id|device_name|device_serial|imei|imsi|mac|mac_address|ip|ip_address|sim|sim_serial|subscriber_?id',
  ].join('|')})$`,
);

/** Whether a column is dropped at the door. */
export function isPersonalColumn(name: string): boolean {
  return PERSONAL.test(name);
}

/** A header cell as columns are compared: `Happened on`, `happenedOn` → `happened_on`. */
export function columnName(cell: string): string {
  return cell
    .normalize('NFKC')
    .trim()
    .replaceAll(/(?<=\p{Ll})(?=\p{Lu})/gu, '_')
    .toLowerCase()
    .replaceAll(/[\s\-_.]+/g, '_');
}
