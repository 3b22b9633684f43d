/**
 * An action whose code is loaded when it is called. What a command takes is known without it, so that help, a slip in an
 * option and every other command do not pay for it.
 */
export function lazily<Given extends unknown[]>(
  load: () => Promise<(...given: Given) => void | Promise<void>>,
): (...given: Given) => Promise<void> {
  return async (...given) => {
    const act = await load();
    await act(...given);
  };
}
