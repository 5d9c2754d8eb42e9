/** The walls between the rooms of src/, and what a deploy uploads. */

import { globSync, readFileSync } from "node:fs";
import { isBuiltin } from "node:module";
import { build } from "esbuild";
import { describe, expect, test } from "vitest";
import { KEY_HEADER, PAGE_SERVER, PROGRAMS_PATH } from "../src/dev/page-server.ts";
import { kinds } from "../src/flow/steps/registry.ts";
import { keyOf } from "../src/flow/twiml/noun.ts";
import { NOW_HEADER, TURN_HEADER } from "../src/phone/page/contract/http.ts";
import { findCycle, type Import, importsOf, loadedWith, sourceFiles } from "./imports.ts";

const imports = sourceFiles().flatMap(importsOf);

/** A room of src/: the other rooms and the packages that it may import. */
interface Room {
  rooms: readonly string[];
  packages: readonly string[];
}

const CEL = "@marcbachmann/cel-js";

const ROOMS: Readonly<Record<string, Room>> = {
  program: { rooms: [], packages: [] },
  flow: {
    rooms: ["program"],
    packages: [
      CEL,
      "date-easter",
      "fastest-levenshtein",
      "libphonenumber-js",
      "node:crypto",
      "node:module",
      "redos-detector",
      "yaml",
    ],
  },
  engine: { rooms: ["program"], packages: [] },
  // Authoring as well, but by the real turn: it may know both sides.
  explore: { rooms: ["engine", "flow", "phone", "program"], packages: [] },
  // What the development entry puts around the Worker. Of the phone it knows what is agreed with the page.
  dev: { rooms: ["engine", "phone", "program", "worker"], packages: ["node:crypto"] },
  worker: {
    rooms: ["engine", "program"],
    packages: ["cloudflare:workers", "hono", "node:buffer", "node:crypto"],
  },
  phone: { rooms: [], packages: ["@dagrejs/dagre", "@rgrove/parse-xml", "preact"] },
  // The modules of the package that is published: what other code may import.
  package: { rooms: ["cli", "flow", "phone", "program", "worker"], packages: [] },
  // Makes that package; nothing of it is in there.
  release: {
    rooms: ["cli"],
    packages: ["esbuild", "node:child_process", "node:fs", "node:module", "node:path", "node:util"],
  },
  // Other languages for phone menus → flows. No I/O.
  import: { rooms: ["flow", "program"], packages: ["liquidjs"] },
  editor: {
    rooms: ["flow", "program"],
    packages: [
      "node:fs",
      "node:path",
      "node:url",
      "vscode",
      "vscode-languageclient",
      "vscode-languageserver",
      "vscode-languageserver-textdocument",
    ],
  },
};

/** The only corner of a room that may know a package. */
const CORNERS: readonly [name: string, folder: string][] = [
  ["preact", "src/phone/page/"],
  ["yaml", "src/flow/yaml/"],
  ["@dagrejs/dagre", "src/phone/page/layout/"],
  ["liquidjs", "src/import/studio/"],
  // The extension of VS Code is a package of its own.
  ["vscode", "src/editor/vscode/"],
  ["vscode-languageclient", "src/editor/vscode/"],
];

/**
 * The rooms of src/phone, from the ground up: a file imports from its own room and from those before it. Whatever the
 * list does not name is the page's entry, which may import all of them.
 */
const PHONE = [
  ["twiml/"],
  ["leg/"],
  ["verbs/"],
  ["carrier.ts", "text-message.ts"],
  ["script/"],
  ["page/contract/"],
  ["page/text/"],
  ["page/layout/"],
  ["page/state.ts"],
  ["page/unchanged.ts"],
  ["page/call/"],
  ["page/reduce.ts", "page/memory.ts", "page/server.ts"],
  ["page/page.ts"],
  ["page/view/"],
] as const;

/** Packages that few files may know, so that they can be replaced there; types may go further. */
const SOLE: readonly [name: string, ...files: string[]][] = [
  // It takes 200 ms to load, and its errors hold the credentials.
  ["twilio/lib/rest", "src/cli/account/open.ts"],
  ["twilio/lib/base", "src/cli/account/patient-client.ts"],
  ["liquidjs", "src/import/studio/liquid/parse.ts", "src/import/studio/liquid/render.ts"],
  ["redos-detector", "src/flow/language/pattern.ts"],
  ["libphonenumber-js/core", "src/flow/numbers/parsed.ts"],
  ["@rgrove/parse-xml", "src/phone/twiml/read.ts"],
  [CEL, "src/flow/analysis/environment.ts"],
  // The entries: the deployed one, and that for development.
  ["cloudflare:workers", "src/dev.ts", "src/worker/entry.ts"],
  ["miniflare", "src/cli/local/server.ts"],
  [
    "esbuild",
    "src/cli/local/bundle.ts",
    "src/cli/phone/page.ts",
    "src/release/bundle.ts",
    "src/release/cached.ts",
  ],
  ["music-metadata", "src/cli/project/measure.ts"],
  ["date-easter", "src/flow/language/days.ts"],
  ["ical.js", "src/cli/project/ics.ts"],
];

/** Files outside src/ that may be imported, and by whom. */
const OUTSIDE = [
  "src/worker/index.ts .ringflow/programs.txt",
  "src/dev.ts .ringflow/programs.txt",
  "src/dev.ts .ringflow/functions.js",
  "src/cli/installation.ts package.json",
];

/** What `ringflow build` writes. */
const BUILT = ["programs.txt", "functions.js"];

const roomOf = (file: string): string => file.split("/")[1] ?? "";
const packageOf = (name: string): string => /^(?:@[^/]+\/)?[^/]+/.exec(name)?.[0] ?? name;
const told = ({ from, to }: Import): string => `${from} imports ${to}`;

describe.each(Object.entries(ROOMS))("src/%s", (room, { rooms, packages }) => {
  const own = imports.filter(({ from }) => from.startsWith(`src/${room}/`));
  const within = own.filter(({ to }) => to.startsWith("src/"));

  test("imports something: the room is there and is read", () => {
    expect(own.length).toBeGreaterThan(0);
  });

  test(`imports no other room than ${rooms.join(", ") || "itself"}`, () => {
    const strange = within.filter(({ to }) => ![room, ...rooms].includes(roomOf(to)));
    expect(strange.map(told)).toEqual([]);
  });

  test(`imports no other package than ${packages.join(", ")}`, () => {
    const strange = own.filter(({ to, isFile }) => !isFile && !packages.includes(packageOf(to)));
    expect(strange.map(told)).toEqual([]);
  });
});

/** The rooms within a room, floor by floor: a file imports from its own room and from the floors before it. */
const FLOORS: Readonly<Record<string, readonly (readonly string[])[]>> = {
  cli: [
    ["installation.ts", "problem.ts"],
    ["project"],
    ["hours", "local", "play", "templates", "terminal"],
    ["paths", "promises"],
    ["account", "docs", "phone"],
    ["diff", "draw", "import"],
    ["commands"],
    ["main.ts"],
    ["ringflow.js"],
  ],
  editor: [
    ["debounce.ts", "files.ts", "markdown.ts", "ranges.ts"],
    ["findings.ts", "place"],
    ["complete"],
    ["project"],
    ["navigate"],
    ["session.ts"],
    ["answers.ts"],
    ["server.ts"],
    ["vscode"],
  ],
  explore: [
    ["exploration.ts", "numbers.ts", "reads.ts", "sample.ts"],
    ["clocks.ts", "computed.ts", "document.ts", "live", "told"],
    ["fold.ts", "sides.ts", "times.ts"],
    ["begins", "services.ts", "ways"],
    ["answers"],
    ["advance.ts"],
    ["aside.ts"],
    ["moves.ts"],
    ["replay.ts", "tired.ts"],
    ["explore.ts"],
    ["promises"],
    ["diff"],
  ],
  flow: [
    ["language"],
    ["yaml", "numbers", "twiml"],
    ["model"],
    ["analysis"],
    ["compile"],
    ["steps"],
    ["shape"],
    ["rules"],
    ["scenarios"],
    ["config", "format"],
    ["groups.ts"],
    ["catalogue.ts"],
    ["ignored.ts"],
    ["pipe"],
    ["advise.ts", "build.ts", "twiml-table.ts"],
    ["authoring.ts"],
  ],
};

describe.each(Object.entries(FLOORS))("the floors of src/%s", (room, floors) => {
  const innerRoomOf = (file: string): string => file.split("/")[2] ?? "";
  const floorOf = (file: string): number => floors.findIndex((rooms) => rooms.includes(innerRoomOf(file)));
  const isWithin = (file: string): boolean => file.startsWith(`src/${room}/`);

  test("list every inner room and every loose file", () => {
    const rooms = new Set(sourceFiles().filter(isWithin).map(innerRoomOf));
    expect([...rooms].sort()).toEqual(floors.flat().sort());
  });

  test("are imported by later ones only", () => {
    const between = imports.filter(
      ({ from, to }) => isWithin(from) && isWithin(to) && innerRoomOf(from) !== innerRoomOf(to),
    );
    expect(between.length).toBeGreaterThan(40);
    expect(between.filter(({ from, to }) => floorOf(to) >= floorOf(from)).map(told)).toEqual([]);
  });
});

describe("src", () => {
  test.each(SOLE)("imports %s in %s alone", (name, ...files) => {
    const own = imports.filter(({ to, isType }) => !isType && (to === name || to.startsWith(`${name}/`)));
    expect([...new Set(own.map(({ from }) => from))].sort()).toEqual(files);
  });

  test.each(CORNERS)("imports %s in %s alone", (name, folder) => {
    const own = imports.filter(({ to }) => packageOf(to) === name);
    expect(own.length).toBeGreaterThan(0);
    expect(own.filter(({ from }) => !from.startsWith(folder)).map(told)).toEqual([]);
  });

  test("imports nothing from outside, tests least of all", () => {
    const strange = imports.filter(({ to, isFile }) => isFile && !to.startsWith("src/"));
    expect(strange.map(({ from, to }) => `${from} ${to}`).sort()).toEqual([...OUTSIDE].sort());
  });

  test("has no room that the table does not know", () => {
    const known = [...Object.keys(ROOMS), "cli", "dev.ts"];
    expect([...new Set(sourceFiles().map(roomOf))].sort()).toEqual(known.sort());
  });

  test("has no import cycle", () => {
    expect(findCycle(imports.filter(({ isType }) => !isType))).toBeUndefined();
  });

  test("is read without missing an import that a bundler sees", async () => {
    const files = sourceFiles().filter((file) => !file.endsWith(".d.ts"));
    const { metafile } = await build({
      stdin: { contents: files.map((file) => `import "./${file}";`).join("\n"), resolveDir: process.cwd() },
      absWorkingDir: process.cwd(),
      bundle: true,
      packages: "external",
      external: BUILT.map((name) => `*/${name}`),
      platform: "node",
      format: "esm",
      // What JSX becomes is no import that anybody wrote.
      jsx: "preserve",
      metafile: true,
      write: false,
      outdir: "unwritten",
    });
    const read = new Set(imports.map(({ from, to }) => `${from} ${to}`));
    const seen = Object.entries(metafile.inputs)
      .filter(([from]) => from !== "<stdin>")
      .flatMap(([from, { imports }]) =>
        imports
          .filter(({ path }) => !BUILT.some((name) => path.endsWith(name)))
          .map(({ path }) => `${from} ${path}`),
      );
    expect(seen.length).toBeGreaterThan(100);
    expect(seen.filter((one) => !read.has(one))).toEqual([]);
  });
});

describe("src/worker", () => {
  test("has its conversations in the second module: no other file of it imports them", () => {
    const folder = "src/worker/conversation/";
    const into = imports.filter(
      ({ from, to, isType }) =>
        !isType && to.startsWith(folder) && from.startsWith("src/worker/") && !from.startsWith(folder),
    );
    expect([...new Set(into.map(({ from }) => from))]).toEqual(["src/worker/outgoing.ts"]);
  });
});

describe("src/phone", () => {
  const floorOf = (file: string): number => {
    const floor = PHONE.findIndex((room) => room.some((name) => file.startsWith(`src/phone/${name}`)));
    return floor < 0 ? PHONE.length : floor;
  };
  const within = imports.filter(({ from, to }) => [from, to].every((file) => file.startsWith("src/phone/")));

  test.each(PHONE)("has files in %s", (...room) => {
    const files = room.map(
      (name) => within.filter(({ from }) => from.startsWith(`src/phone/${name}`)).length,
    );
    expect(Math.min(...files)).toBeGreaterThan(0);
  });

  test("has no room that imports a later one: leg no verbs, call no view", () => {
    expect(within.filter(({ from, to }) => floorOf(to) > floorOf(from)).map(told)).toEqual([]);
  });
});

const CHECKER = [CEL, "date-easter", "fastest-levenshtein", "libphonenumber-js", "smol-toml", "yaml"];

/**
 * The rooms and packages that a command cannot do without, and the most files: each further one delays every run of it, a
 * file by a quarter of a millisecond.
 */
const LOADED: readonly [file: string, most: number, rooms: readonly string[], packages: readonly string[]][] =
  [
    ["src/cli/main.ts", 20, ["cli", "flow"], ["commander"]],
    ["src/cli/commands/check.ts", 350, ["cli", "flow", "program"], CHECKER],
    [
      "src/cli/commands/start/start.ts",
      400,
      ["cli", "dev", "flow", "phone", "program"],
      [...CHECKER, "chokidar"],
    ],
    [
      "src/cli/commands/test.ts",
      430,
      ["cli", "engine", "flow", "phone", "program", "worker"],
      [...CHECKER, "@rgrove/parse-xml"],
    ],
  ];

describe.each(LOADED)("%s", (file, most, rooms, packages) => {
  const loaded = loadedWith(file, imports);

  test(`loads at most ${most} files at once`, () => {
    expect(loaded.files.length).toBeLessThanOrEqual(most);
  });

  test(`loads no other room at once than ${rooms.join(", ")}`, () => {
    const own = loaded.files.filter((one) => one.startsWith("src/")).map(roomOf);
    expect([...new Set(own)].sort()).toEqual(rooms);
  });

  test(`loads no other package at once than ${packages.join(", ")}`, () => {
    const own = loaded.packages.filter((name) => !isBuiltin(name)).map(packageOf);
    // The entry that a build writes for a Worker imports the package itself.
    expect([...new Set(own)].filter((name) => name !== "ringflow").sort()).toEqual([...packages].sort());
  });
});

test("ringflow test loads neither advice nor what only some calls need of the Worker", () => {
  const { files } = loadedWith("src/cli/commands/test.ts", imports);
  const needless = /^src\/(flow\/rules\/advice\/registry|worker\/(app|outgoing|conversation\/.*))\.ts$/;
  expect(files.filter((file) => needless.test(file))).toEqual([]);
});

test("no test replaces a module: test files share what another one has loaded", () => {
  const replaces = (file: string): boolean => /\bvi\.(do)?mock\(/i.test(readFileSync(file, "utf8"));
  expect(globSync("test/**/*.ts").filter(replaces)).toEqual([]);
});

describe("a step kind", () => {
  // Exits, parts of a prompt, ops of a Program and functions of CEL, which have the same names.
  const GENERAL = new Set([
    "hangup",
    "say",
    "play",
    "pause",
    "set",
    "request",
    "run",
    "wait",
    "when",
    "matches",
  ]);
  // Without comments and the flows of examples.
  const codeOf = (file: string): string =>
    readFileSync(file, "utf8").replace(/\/\*[\s\S]*?\*\/|^\s*\/\/.*$|`[^`$]*\n[^`$]*`/gm, "");
  const literalsIn = (file: string): string[] =>
    [...codeOf(file).matchAll(/(?<!from )"([\w-]+)"/g)].map(([, text = ""]) => text);
  const keysIn = (file: string): string[] =>
    [...codeOf(file).matchAll(/^\s*(\w+): /gm)].map(([, key = ""]) => key);
  const filesIn = (...rooms: string[]): string[] =>
    sourceFiles().filter((file) => rooms.some((room) => file.startsWith(`src/flow/${room}/`)));
  // The words of the language itself, and TwiML's.
  const shared = new Set(
    filesIn("language", "twiml").flatMap((file) => [...literalsIn(file), ...keysIn(file)]),
  );
  const keys = kinds.flatMap((kind) => Object.keys(kind.keys));
  const own = kinds.flatMap(({ keys: known, twiml = [] }) => {
    const attributes = twiml.flatMap((noun) => [keyOf(noun), ...Object.keys(noun.attributes)]);
    return Object.keys(known).filter(
      (key) => keys.indexOf(key) === keys.lastIndexOf(key) && !shared.has(key) && !attributes.includes(key),
    );
  });
  const names = kinds.map(({ name }) => name).filter((name) => !GENERAL.has(name));

  test("has keys of its own, and some are known here", () => {
    expect(own).toEqual(expect.arrayContaining(["reprompt", "sequential", "meanwhile"]));
  });

  test.each(filesIn("yaml", "numbers", "model", "analysis", "compile", "shape", "rules"))(
    "is known to %s by no name and no key",
    (file) => {
      const known = literalsIn(file).filter((text) => names.includes(text) || own.includes(text));
      expect(known.filter((text) => !GENERAL.has(text))).toEqual([]);
    },
  );
});

describe("what a deploy uploads", async () => {
  const { metafile, outputFiles } = await build({
    entryPoints: ["src/worker/index.ts", "src/worker/outgoing.ts"],
    // esbuild remembers the folder in which it was loaded, perhaps by another file of tests.
    absWorkingDir: process.cwd(),
    outdir: "out",
    bundle: true,
    external: ["cloudflare:*", "*/programs.txt"],
    conditions: ["workerd", "worker", "browser"],
    platform: "node",
    format: "esm",
    // As wrangler.toml has it; else the names of files would stand in it.
    minify: true,
    metafile: true,
    write: false,
  });
  const files = Object.keys(metafile.inputs);
  const packaged = files.flatMap((file) => file.split("node_modules/").slice(1).at(-1) ?? []);

  test("has no literal with a Unicode property, which costs each cold start: only a lazyPattern", () => {
    const own = files.filter((file) => file.startsWith("src/"));
    const codes = own.map((file) => readFileSync(file, "utf8"));
    const eager = codes
      .map((code) => code.replaceAll(/String\.raw`[^`]*`/g, ""))
      .filter((code) => /\\p\{/.test(code));
    expect(eager).toEqual([]);
  });

  test("has no file of the authoring, of the phone, or of development", () => {
    const rooms = files.filter((file) => file.startsWith("src/")).map(roomOf);
    expect([...new Set(rooms)].sort()).toEqual(["engine", "program", "worker"]);
  });

  test("has one library, and no YAML parser, validator or builder of TwiML", () => {
    expect([...new Set(packaged.map(packageOf))].sort()).toEqual(["hono"]);
  });

  test("has nothing of the phone's page: neither its endpoints nor its headers", () => {
    const text = outputFiles.map((file) => file.text).join("");
    expect(text).toContain("/health");
    const strange = ["/phone/", PAGE_SERVER, KEY_HEADER, `"${PROGRAMS_PATH}"`, NOW_HEADER, TURN_HEADER];
    expect(strange.filter((word) => text.includes(word))).toEqual([]);
  });
});
