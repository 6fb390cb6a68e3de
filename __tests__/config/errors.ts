import { GateError } from "../../src/model/error.ts";

/** The message of the `GateError` that `act` throws; any other end of it fails the test. */
export function refusal(act: () => unknown): string {
  try {
    act();
  } catch (error) {
    if (error instanceof GateError) return error.message;
    throw error;
  }
  throw new Error("nothing was refused");
}
