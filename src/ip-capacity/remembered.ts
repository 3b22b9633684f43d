/**
 * The function with what it gave for the last arguments: pools of a fleet are much alike, and figures of several hundred
 * instance types take longer than all else that is known of a pool. For pure functions of plain values whose results nobody changes.
 */
export function remembered<Arguments extends readonly unknown[], Result>(
  compute: (...args: Arguments) => Result,
  atMost = 64,
): (...args: Arguments) => Result {
  const known = new Map<string, Result>();
  return (...args) => {
    const key = JSON.stringify(args);
    const found = known.get(key);
    if (found !== undefined || known.has(key)) return found as Result;
    const result = compute(...args);
    if (known.size >= atMost) known.clear();
    known.set(key, result);
    return result;
  };
}
