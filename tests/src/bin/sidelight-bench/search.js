// Measures searching in a page: Sidelight's index in a worker, messages included, and other libraries in
// the page itself on the same names.
(async ({ count, glue, module, peers }) => {
  // How long one of the others may type, and how long it may be asked for quality.
  const PATIENCE_MS = 15_000;
  const now = () => performance.now();
  const part = (sorted, share) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
  // What is held and not garbage; Firefox does not tell it to pages.
  const heap = () => {
    globalThis.gc?.();
    return performance.memory?.usedJSHeapSize;
  };

  const script = `${glue}
    let text = {};
    onmessage = ({ data: [act, value] }) => {
      if (act === "start") { text = wasm_bindgen.initSync({ module: value }); postMessage(true); return; }
      if (act === "bytes") { postMessage(text.memory.buffer.byteLength); return; }
      const answer = wasm_bindgen[act](value);
      postMessage(typeof answer === "string" ? JSON.parse(answer) : answer ?? null);
    };`;
  const worker = new Worker(URL.createObjectURL(new Blob([script], { type: "text/javascript" })));
  const ask = (act, value) =>
    new Promise((done, fail) => {
      worker.onmessage = ({ data }) => done(data);
      worker.onerror = (event) => fail(new Error(event.message));
      worker.postMessage([act, value]);
    });
  const timed = async (work) => {
    const start = now();
    await work();
    return now() - start;
  };

  await ask("start", Uint8Array.from(atob(module), (letter) => letter.charCodeAt(0)));
  await ask("prepare", count);
  const titles = await ask("titles");
  const queries = await ask("queries", 200);

  const engines = [
    {
      name: "Sidelight",
      build: () => ask("build"),
      after: async (row) => {
        row.load_ms = await timed(() => ask("load"));
        row.bytes = await ask("index_bytes");
      },
      find: async (text) => (await ask("search", text)).map(({ title }) => title),
    },
  ];
  const load = (name, source) => {
    const module = { exports: {} };
    new Function("module", "exports", `${source}\n;globalThis[${JSON.stringify(name)}] ??= typeof ${name} === "undefined" ? module.exports : ${name};`)(module, module.exports);
    return globalThis[name];
  };
  const documents = titles.map((title, id) => ({ id, title }));
  const uFuzzy = load("uFuzzy", peers.ufuzzy);
  const MiniSearch = load("MiniSearch", peers.minisearch);
  const FlexSearch = load("FlexSearch", peers.flexsearch);
  const Fuse = load("Fuse", peers.fuse);
  let held;
  engines.push(
    {
      name: "uFuzzy",
      build: () => (held = new uFuzzy({ intraMode: 1, intraIns: 1, intraSub: 1, intraTrn: 1, intraDel: 1 })),
      find: (text) => {
        const [found, info, order] = held.search(titles, text, 1, 1000);
        return (order ? order.slice(0, 40).map((at) => info.idx[at]) : (found ?? []).slice(0, 40)).map((at) => titles[at]);
      },
    },
    {
      name: "MiniSearch",
      build: () => {
        held = new MiniSearch({ fields: ["title"], storeFields: ["title"] });
        held.addAll(documents);
      },
      find: (text) => held.search(text, { prefix: true, fuzzy: 0.2, combineWith: "AND" }).slice(0, 40).map(({ title }) => title),
    },
    {
      name: "FlexSearch",
      build: () => {
        held = new FlexSearch.Index({ tokenize: "forward", encoder: FlexSearch.Charset?.LatinBalance });
        documents.forEach(({ id, title }) => held.add(id, title));
      },
      find: (text) => held.search(text, { limit: 40, suggest: true }).map((id) => titles[id]),
    },
    {
      name: "Fuse.js",
      build: () => (held = new Fuse(documents, { keys: ["title"], ignoreLocation: true })),
      find: (text) => held.search(text, { limit: 40 }).map(({ item }) => item.title),
    },
  );

  const rows = [];
  for (const engine of engines) {
    const row = { engine: engine.name, documents: count };
    const before = heap();
    row.build_ms = await timed(engine.build);
    row.bytes = before === undefined ? null : Math.max(0, heap() - before);
    await engine.after?.(row);
    // Slow ones would take hours: so many keys and queries as fit into their time say the same.
    const own = engine.name === "Sidelight";
    const until = () => (own ? Infinity : now() + PATIENCE_MS);
    const times = [];
    const typed_until = until();
    for (const [query] of own ? queries : queries.slice(0, 40)) {
      for (let end = 1; end <= query.length && now() < typed_until; end++) {
        const text = query.slice(0, end);
        // Whoever asks how far it is gets an answer between two keys.
        await new Promise((done) => setTimeout(done));
        times.push(await timed(() => engine.find(text)));
      }
    }
    let [first, asked] = [0, 0];
    const asked_until = until();
    for (const [query, title] of queries) {
      if (now() > asked_until) break;
      asked += 1;
      if ((await engine.find(query))[0] === title) first += 1;
      if (!own) await new Promise((done) => setTimeout(done));
    }
    times.sort((a, b) => a - b);
    Object.assign(row, { keys: times.length, p50: part(times, 0.5), p95: part(times, 0.95), first, asked });
    rows.push(row);
    held = undefined;
  }
  worker.terminate();
  return rows;
})
