/** What kind of trace a find is. */
export type FindType =
  | 'person'
  | 'officer'
  | 'name'
  | 'pin'
  | 'document'
  | 'plate'
  | 'phone'
  | 'number'
  | 'email'
  | 'url'
  | 'handle'
  | 'date'
  | 'time'
  | 'address'
  | 'place'
  | 'unit';

/** A stretch of a folded text that leads to a person, and the rule that says so. */
export interface Find {
  /** Units of the folded text. */
  readonly start: number;
  readonly end: number;
  readonly type: FindType;
  readonly rule: string;
}
