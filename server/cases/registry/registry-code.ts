/** The form of a registry code that two spellings of it share. */
export function registryCodeKey(code: string): string {
  return code.normalize('NFKC').trim().toUpperCase();
}
