import { afterAll } from "vitest";
import { removeFolders } from "./baseline/repositories.ts";

// Runs for each file of tests: a hook of a module that files share would be the first one's alone.
afterAll(removeFolders);
