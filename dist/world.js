export { t as createPorts, n as createWorld } from "./engine.js";
