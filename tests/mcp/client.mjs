// Drives `sidelight mcp` with the official TypeScript client: over standard input and output, or over HTTP
// where an address and a token are given. Prints what it saw as one JSON line; the test judges it.

import { Client } from "@modelcontextprotocol/sdk/client/index.js";
import { StdioClientTransport } from "@modelcontextprotocol/sdk/client/stdio.js";
import { StreamableHTTPClientTransport } from "@modelcontextprotocol/sdk/client/streamableHttp.js";

const [target, ...rest] = process.argv.slice(2);

const transport = target.startsWith("http")
  ? new StreamableHTTPClientTransport(new URL(target), {
      requestInit: { headers: { Authorization: `Bearer ${rest[0]}` } },
    })
  : new StdioClientTransport({ command: target, args: ["mcp", ...rest], env: { ...process.env } });

const client = new Client({ name: "sidelight-tests", version: "1" });
await client.connect(transport);
const seen = { server: client.getServerVersion().name, instructions: Boolean(client.getInstructions()) };

seen.tools = [];
let cursor;
seen.toolPages = 0;
do {
  const page = await client.listTools(cursor ? { cursor } : {});
  seen.tools.push(...page.tools.map((tool) => tool.name));
  cursor = page.nextCursor;
  seen.toolPages += 1;
} while (cursor);

// The client checks each structured result against the tool's output schema.
const call = (name, args, options) => client.callTool({ name, arguments: args }, undefined, options);
const own = await call("get_single_haloitsm_client_by_id", { id: 12 });
seen.client = own.structuredContent.result.name;
const first = await call("list_all_haloitsm_assets", { limit: 3 });
const second = await call("list_all_haloitsm_assets", { limit: 3, cursor: first.structuredContent.next_cursor });
seen.assets = [...first.structuredContent.result, ...second.structuredContent.result].map((asset) => asset.id);
const wrong = await call("get_single_haloitsm_client_by_id", { id: "x" });
seen.wrong = { error: wrong.isError, text: wrong.content[0].text };
seen.unknown = await call("drop_all_tables", {}).then(
  () => "taken",
  (error) => error.code,
);

const resources = await client.listResources();
seen.resource = resources.resources[0].uri;
seen.templates = (await client.listResourceTemplates()).resourceTemplates.length;
const read = await client.readResource({ uri: seen.resource });
seen.resourceName = JSON.parse(read.contents[0].text).name === resources.resources[0].name;
seen.noResource = await client.readResource({ uri: "hudu://companies/999999" }).then(
  () => "taken",
  (error) => error.code,
);

seen.prompts = (await client.listPrompts()).prompts.map((prompt) => prompt.name);
const prompt = await client.getPrompt({ name: "triage_ticket", arguments: { ticket_id: "7" } });
seen.prompt = prompt.messages[0].content.text.includes("ticket 7");

// The harness delays the next read of a site by some seconds: progress comes, and it can be cancelled.
seen.progress = 0;
const abort = new AbortController();
const slow = call("list_all_haloitsm_sites", {}, {
  signal: abort.signal,
  onprogress: () => {
    seen.progress += 1;
    abort.abort();
  },
});
seen.cancelled = await slow.then(
  () => false,
  () => true,
);
seen.after = (await call("list_all_haloitsm_teams", {})).structuredContent.result.length;

await client.close();
process.stdout.write(`${JSON.stringify(seen)}\n`);
