import { z } from "zod";

/** Whether something of who signs in stands before an address's host. */
export const hasUser = (address: string): boolean => /^https?:\/\/[^/?#]*@/.test(address);

/** Address of a server. The user who signs in is not part of it: a config is in Git, and what it says is in the state. */
export const webAddress = (protocol: RegExp, error: string) =>
  z
    .url({ protocol, error })
    .refine(
      (address) => !hasUser(address),
      "has a user in it, and everybody reads a config; write the address without what stands before @",
    );
