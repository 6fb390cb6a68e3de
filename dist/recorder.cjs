// \0rolldown/runtime.js
var __create = Object.create;
var __defProp = Object.defineProperty;
var __getOwnPropDesc = Object.getOwnPropertyDescriptor;
var __getOwnPropNames = Object.getOwnPropertyNames;
var __getProtoOf = Object.getPrototypeOf;
var __hasOwnProp = Object.prototype.hasOwnProperty;
var __copyProps = (to, from, except, desc) => {
	if (from && typeof from === "object" || typeof from === "function") for (var keys = __getOwnPropNames(from), i = 0, n = keys.length, key; i < n; i++) {
		key = keys[i];
		if (!__hasOwnProp.call(to, key) && key !== except) __defProp(to, key, {
			get: ((k) => from[k]).bind(null, key),
			enumerable: !(desc = __getOwnPropDesc(from, key)) || desc.enumerable
		});
	}
	return to;
};
var __toESM = (mod, isNodeMode, target) => (target = mod != null ? __create(__getProtoOf(mod)) : {}, __copyProps(isNodeMode || !mod || !mod.__esModule || !__hasOwnProp.call(mod, "default") ? __defProp(target, "default", {
	value: mod,
	enumerable: true
}) : target, mod));
let node_module = require("node:module");
node_module = __toESM(node_module, 1);
let node_process = require("node:process");
node_process = __toESM(node_process, 1);
let node_worker_threads = require("node:worker_threads");
node_worker_threads = __toESM(node_worker_threads, 1);
let node_fs = require("node:fs");
node_fs = __toESM(node_fs, 1);
let node_fs_promises = require("node:fs/promises");
node_fs_promises = __toESM(node_fs_promises, 1);
let node_url = require("node:url");
// src/harness/recorder/note.ts
function notesIn(file) {
	const write = node_fs.default.writeSync;
	const descriptor = node_fs.default.openSync(file, "a");
	const seen = new Set();
	return (kind, what) => {
		const line = JSON.stringify([kind, what]);
		if (seen.has(line)) return;
		seen.add(line);
		write(descriptor, `${line}\n`);
	};
}
function pathOf(argument) {
	const text = textOf(argument);
	if (text === null) return null;
	const plain = text.replace(/^\\\\\?\\/, "");
	return plain.startsWith("/") ? plain : `${cwd()}/${plain}`;
}
const cwd = node_process.default.cwd.bind(node_process.default);
const { toString: decode } = Buffer.prototype;
function textOf(argument) {
	if (typeof argument === "string") return argument.startsWith("file:") ? urlPath(argument) : argument;
	if (argument instanceof URL) return urlPath(argument.href);
	if (!ArrayBuffer.isView(argument)) return null;
	return decode.call(Buffer.from(argument.buffer, argument.byteOffset, argument.byteLength), "utf8");
}
function urlPath(url) {
	try {
		return decodeURIComponent(new URL(url).pathname);
	} catch {
		return null;
	}
}
// src/harness/recorder/wrap.ts
function wrap(holder, name, before) {
	const home = holder;
	const original = home?.[name];
	if (home === void 0 || home === null || typeof original !== "function") return;
	const wrapped = function(...given) {
		before(given, this);
		return new.target === void 0 ? Reflect.apply(original, this, given) : Reflect.construct(original, given, new.target === wrapped ? original : new.target);
	};
	Object.setPrototypeOf(wrapped, original);
	wrapped.prototype = original.prototype;
	for (const key of Reflect.ownKeys(original)) {
		if (Object.hasOwn(wrapped, key) && key !== "name" && key !== "length") continue;
		const { value } = Object.getOwnPropertyDescriptor(original, key) ?? {};
		if (value !== void 0) Object.defineProperty(wrapped, key, {
			value,
			configurable: true,
			writable: true
		});
	}
	try {
		home[name] = wrapped;
	} catch {
		Object.defineProperty(home, name, {
			value: wrapped,
			configurable: true,
			writable: true
		});
	}
}
function binding(name) {
	return process.binding(name);
}
// src/harness/recorder/beyond.ts
const OWN = /^(?:localhost|127(?:\.\d+){3}|::1)$/;
function watchBeyond(note) {
	const { BENCHGATE_TOUCHED: file, NODE_OPTIONS: nodeOptions } = node_process.default.env;
	const refuse = (why) => () => note("refuse", why);
	const { Process } = binding("process_wrap");
	const spawns = ([options]) => note("refuse", `starts a process (${String(options?.file)})`);
	wrap(Process?.prototype, "spawn", spawns);
	wrap(binding("spawn_sync"), "spawn", spawns);
	wrap(node_process.default, "execve", refuse("starts a process (execve)"));
	wrap(node_process.default, "dlopen", ([, file]) => note("refuse", `loads native code (${String(file)})`));
	watchNetwork(note);
	wrap(node_worker_threads.default, "Worker", ([script, given]) => {
		const options = given ?? {};
		const isWatched = node_process.default.env.BENCHGATE_TOUCHED === file && node_process.default.env.NODE_OPTIONS === nodeOptions;
		if (options.execArgv || options.env || !isWatched) note("refuse", "starts a thread with arguments or an environment of its own");
		const path = options.eval ? null : pathOf(script);
		if (path !== null) note("touch", path);
	});
	wrap(node_process.default, "chdir", refuse("changes its working folder"));
	for (const name of ["binding", "_linkedBinding"]) wrap(node_process.default, name, ([id]) => note("refuse", `takes hold of Node's inside (process.${name} ${String(id)})`));
}
function watchNetwork(note) {
	const own = new Set();
	const { TCP } = binding("tcp_wrap");
	wrap(TCP?.prototype, "listen", (_, self) => own.add(portOf(self)));
	for (const name of ["connect", "connect6"]) wrap(TCP?.prototype, name, ([, address, port]) => {
		if (!own.has(port) || !OWN.test(String(address))) note("refuse", `connects to ${String(address)}:${String(port)}`);
	});
	const { Pipe } = binding("pipe_wrap");
	wrap(Pipe?.prototype, "connect", ([, name]) => note("refuse", `connects to ${String(name)}`));
	const { UDP } = binding("udp_wrap");
	for (const name of [
		"send",
		"send6",
		"connect",
		"connect6"
	]) wrap(UDP?.prototype, name, () => note("refuse", "sends UDP"));
	const names = binding("cares_wrap");
	for (const name of ["getaddrinfo", "getnameinfo"]) wrap(names, name, ([, host]) => {
		if (!OWN.test(String(host))) note("refuse", `looks up ${String(host)}`);
	});
	const { prototype: channel } = names.ChannelWrap ?? {};
	for (const name of Object.getOwnPropertyNames(channel ?? {})) if (/^(?:query|getHostBy)/.test(name)) wrap(channel, name, ([, host]) => note("refuse", `looks up ${String(host)}`));
}
function portOf(handle) {
	const told = {};
	try {
		handle.getsockname(told);
	} catch {
		return null;
	}
	return told.port ?? null;
}
// src/harness/recorder/files.ts
const LISTING = [
	"readdir",
	"readdirSync",
	"opendir",
	"opendirSync",
	"cp",
	"cpSync"
];
const TOUCHING = "readFile readFileSync access accessSync exists existsSync readlink readlinkSync realpath realpathSync copyFile copyFileSync createReadStream openAsBlob watch statfs statfsSync".split(" ");
const ASKING = [
	"stat",
	"statSync",
	"lstat",
	"lstatSync",
	"watchFile",
	"open",
	"openSync"
];
const BLIND = /^(?:f[a-z]+|close|read|readBuffers|write[BS].*|getFormat.*)$/;
const TWICE = [
	"rename",
	"link",
	"symlink",
	"copyFile",
	"cpSyncCheckPaths",
	"cpSyncCopyDir"
];
function watchFiles(note) {
	const at = (kind, index = 0) => (given) => {
		const path = pathOf(given[index]);
		if (path !== null) note(kind, path);
	};
	for (const api of [node_fs.default, node_fs_promises.default]) {
		for (const name of LISTING) wrap(api, name, at("list"));
		for (const name of TOUCHING) wrap(api, name, at("touch"));
		for (const name of ASKING) wrap(api, name, at("ask"));
		wrap(api, "watch", at("list"));
	}
	wrap(node_fs.default.realpath, "native", at("touch"));
	wrap(node_fs.default.realpathSync, "native", at("touch"));
	wrap(node_process.default, "loadEnvFile", ([path]) => note("touch", pathOf(path ?? ".env") ?? ""));
	const bound = binding("fs");
	for (const name of Object.keys(bound)) if (/^[a-z]/.test(name) && !BLIND.test(name)) wrap(bound, name, at(name === "readdir" ? "list" : "touch"));
	wrap(bound, "internalModuleStat", (given) => {
		for (const each of given) if (typeof each === "string") note("touch", pathOf(each));
	});
	for (const name of ["cpSyncCopyDir", "rmSync"]) wrap(bound, name, at("list"));
	for (const name of TWICE) wrap(bound, name, at("touch", 1));
	const { FSEvent } = binding("fs_event_wrap");
	wrap(FSEvent?.prototype, "start", at("list"));
}
// src/harness/recorder/modules.ts
const NATIVE = {
	"node:sqlite": {
		made: "DatabaseSync",
		reads: true
	},
	"node:wasi": {
		made: "WASI",
		reads: false
	},
	wasi: {
		made: "WASI",
		reads: false
	}
};
function watchModules(note) {
	const loader = node_module.default;
	const done = new Set();
	const patch = (id, exports) => {
		const door = NATIVE[id];
		if (door === void 0 || done.has(id)) return;
		done.add(id);
		wrap(exports, door.made, ([path]) => {
			if (door.reads) note("touch", pathOf(path) ?? "");
			else note("refuse", `uses ${id}`);
		});
		node_module.default.syncBuiltinESMExports();
	};
	const { _load: load } = loader;
	loader._load = function(request, ...rest) {
		const exports = Reflect.apply(load, this, [request, ...rest]);
		patch(request, exports);
		return exports;
	};
	if (loader.registerHooks === void 0) for (const extension of Object.keys(loader._extensions)) wrap(loader._extensions, extension, ([, file]) => note("load", String(file)));
	else loader.registerHooks({ load: (url, context, next) => {
		if (url.startsWith("file:")) note("load", (0, node_url.fileURLToPath)(url.split(/[?#]/)[0]));
		else if (!url.startsWith("node:")) note("refuse", `loads a module from ${url.slice(0, 20)}`);
		if (url in NATIVE) patch(url, Reflect.apply(load, loader, [url]));
		return next(url, context);
	} });
	wrap(node_process.default, "getBuiltinModule", ([id]) => {
		if (/sqlite|wasi|quic/.test(String(id))) note("refuse", `uses ${String(id)}`);
	});
}
// src/harness/recorder/index.ts
const { BENCHGATE_TOUCHED: file } = node_process.default.env;
if (file !== void 0 && file !== "") {
	const note = notesIn(file);
	try {
		watchModules(note);
		watchFiles(note);
		watchBeyond(note);
		node_module.default.syncBuiltinESMExports();
	} catch (error) {
		note("refuse", `this Node cannot be watched (${String(error)})`);
	}
}
