export { n as createPorts, r as createWorld } from "./engine.js";
