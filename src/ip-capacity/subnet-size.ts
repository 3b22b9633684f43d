import { addressCount } from "./cidr";
import { LARGEST_SUBNET_PREFIX, RESERVED_PER_SUBNET, SMALLEST_SUBNET_PREFIX } from "./subnet-layout";

/** Addresses of a subnet that something can have: all but the five AWS keeps. */
export function usableAddresses(prefix: number): number {
  return addressCount(prefix) - RESERVED_PER_SUBNET;
}

/** Prefix length of the smallest subnet that holds so many addresses; null if not even a /16 does. */
export function smallestSubnetFor(addresses: number): number | null {
  for (let prefix = SMALLEST_SUBNET_PREFIX; prefix >= LARGEST_SUBNET_PREFIX; prefix--) {
    if (usableAddresses(prefix) >= addresses) return prefix;
  }
  return null;
}
