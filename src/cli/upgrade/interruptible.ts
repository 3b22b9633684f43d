import { Interrupted } from "../deploy/child";

const SIGNALS = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

/**
 * Work that only asks and waits: a signal ends it at once, so that whoever began it can say where it stands.
 *
 * @throws Interrupted
 */
export function interruptible<T>(work: Promise<T>): Promise<T> {
  const ends: (() => void)[] = [];
  const signalled = new Promise<never>((_, reject) => {
    for (const signal of SIGNALS) {
      const end = () => reject(new Interrupted(signal));
      process.once(signal, end);
      ends.push(() => process.off(signal, end));
    }
  });
  return Promise.race([work, signalled]).finally(() => ends.forEach((off) => off()));
}
