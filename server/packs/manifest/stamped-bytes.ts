/** What authorities of time stamps stamp: the statement, and its signature behind it. */
export function stampedBytes(statement: Uint8Array, signature: Uint8Array): Uint8Array {
  const stamped = new Uint8Array(statement.length + signature.length);
  stamped.set(statement);
  stamped.set(signature, statement.length);
  return stamped;
}
