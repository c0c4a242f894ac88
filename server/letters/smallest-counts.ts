/** The smallest number of cases a letter shows where a key population or therapy is concerned. */
export const SMALLEST_COUNT = 11;
/** The smallest number of cases any table shows. */
export const SMALLEST_CELL = 5;
