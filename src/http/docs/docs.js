// Draws /openapi.json: routes by tag, their schemas, and a form to try each call. No libraries, and no
// markup from data: everything is set as text.

const METHODS = ["get", "post", "put", "patch", "delete"];
let contract;

function element(name, properties = {}, ...children) {
  const node = Object.assign(document.createElement(name), properties);
  node.append(...children);
  return node;
}

function resolve(schema) {
  const name = schema?.$ref?.split("/").pop();
  return name ? contract.components.schemas[name] : schema;
}

// A schema as TypeScript-like text; `seen` stops recursive types.
function describe(schema, indent = "", seen = []) {
  if (!schema) return "any";
  const name = schema.$ref?.split("/").pop();
  if (name && seen.includes(name)) return name;
  const inner = name ? [...seen, name] : seen;
  const target = resolve(schema);
  if (target.enum) return target.enum.map((value) => JSON.stringify(value)).join(" | ");
  if (target.type === "array") return `${describe(target.items, indent, inner)}[]`;
  if (target.properties) {
    const required = target.required ?? [];
    const lines = Object.entries(target.properties).map(([key, value]) => {
      const optional = required.includes(key) ? "" : "?";
      const note = value.description ? `  // ${value.description}` : "";
      return `${indent}  ${key}${optional}: ${describe(value, `${indent}  `, inner)}${note}`;
    });
    return lines.length ? `{\n${lines.join("\n")}\n${indent}}` : "{}";
  }
  if (target.additionalProperties && target.additionalProperties !== true) {
    return `{ [key: string]: ${describe(target.additionalProperties, indent, inner)} }`;
  }
  return target.type ?? "any";
}

// A body to start from: required members only.
function example(schema, seen = []) {
  const name = schema?.$ref?.split("/").pop();
  if (name && seen.includes(name)) return null;
  const inner = name ? [...seen, name] : seen;
  const target = resolve(schema) ?? {};
  if (target.enum) return target.enum[0];
  if (target.type === "array") return [];
  if (target.properties) {
    const required = target.required ?? [];
    return Object.fromEntries(required.map((key) => [key, example(target.properties[key], inner)]));
  }
  return { string: "", integer: 0, number: 0, boolean: false, object: {} }[target.type] ?? null;
}

function tryForm(method, path, operation) {
  const form = element("form");
  const inputs = (operation.parameters ?? []).map((parameter) => {
    const input = element("input", { required: parameter.required });
    const title = `${parameter.name} (${parameter.in}${parameter.required ? "" : ", optional"})`;
    const note = parameter.description ? ` – ${parameter.description}` : "";
    form.append(element("label", {}, title + note, input));
    return { parameter, input };
  });

  const content = operation.requestBody?.content ?? {};
  let body;
  let file;
  if (content["application/json"]) {
    const text = JSON.stringify(example(content["application/json"].schema), null, 2);
    body = element("textarea", { value: text, spellcheck: false });
    form.append(element("label", {}, "Body (JSON)", body));
  } else if (content["multipart/form-data"]) {
    file = element("input", { type: "file", multiple: true, required: true });
    form.append(element("label", {}, "File", file));
  }
  const output = element("pre", { hidden: true });
  form.append(element("button", { type: "submit" }, "Try"), output);

  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    let url = path;
    const query = new URLSearchParams();
    for (const { parameter, input } of inputs) {
      if (parameter.in === "path") {
        url = url.replace(`{${parameter.name}}`, encodeURIComponent(input.value));
      } else if (input.value !== "") {
        query.append(parameter.name, input.value);
      }
    }
    if (query.size > 0) url += `?${query}`;
    const headers = {};
    const token = document.getElementById("token").value.trim();
    if (token) headers.Authorization = `Bearer ${token}`;
    let payload;
    if (body) {
      headers["Content-Type"] = "application/json";
      payload = body.value;
    } else if (file) {
      payload = new FormData();
      for (const one of file.files) payload.append("file", one);
    }
    output.hidden = false;
    output.textContent = "…";
    try {
      const started = performance.now();
      const response = await fetch(url, { method: method.toUpperCase(), headers, body: payload });
      let text = await response.text();
      if (response.headers.get("content-type")?.includes("json")) {
        text = JSON.stringify(JSON.parse(text), null, 2);
      }
      const took = Math.round(performance.now() - started);
      output.textContent = `${response.status} ${response.statusText} (${took} ms)\n\n${text}`;
    } catch (error) {
      output.textContent = String(error);
    }
  });
  return form;
}

function details(method, path, operation) {
  const box = element("div");
  if (operation.description) box.append(element("p", {}, operation.description));
  if (operation.security?.length === 0) {
    box.append(element("p", { className: "note" }, "No token needed."));
  }
  for (const [type, { schema }] of Object.entries(operation.requestBody?.content ?? {})) {
    box.append(element("h3", {}, `Request: ${type}`), element("pre", {}, describe(schema)));
  }
  for (const [status, response] of Object.entries(operation.responses)) {
    if (status === "default") continue;
    box.append(element("h3", {}, `Answer ${status}: ${response.description}`));
    for (const [type, { schema }] of Object.entries(response.content ?? {})) {
      box.append(element("pre", {}, schema ? describe(schema) : type));
    }
  }
  box.append(element("h3", {}, "Try it"), tryForm(method, path, operation));
  return box;
}

function route(method, path, operation) {
  const node = element(
    "details",
    { className: "route", id: operation.operationId },
    element(
      "summary",
      {},
      element("span", { className: "method" }, method),
      element("span", { className: "path" }, path),
      element("span", { className: "note" }, operation.summary ? ` – ${operation.summary}` : ""),
    ),
  );
  node.dataset.text = `${method} ${path} ${operation.summary ?? ""}`.toLowerCase();
  node.addEventListener("toggle", () => node.append(details(method, path, operation)), { once: true });
  return node;
}

function draw() {
  const groups = new Map(contract.tags.map((tag) => [tag.name, []]));
  for (const [path, item] of Object.entries(contract.paths)) {
    for (const method of METHODS.filter((name) => item[name])) {
      const tag = item[method].tags?.[0] ?? "other";
      if (!groups.has(tag)) groups.set(tag, []);
      groups.get(tag).push(route(method, path, item[method]));
    }
  }
  const main = document.getElementById("routes");
  main.replaceChildren(
    ...[...groups].map(([tag, nodes]) => element("section", {}, element("h2", {}, tag), ...nodes)),
  );
}

document.getElementById("filter").addEventListener("input", (event) => {
  const wanted = event.target.value.trim().toLowerCase();
  for (const node of document.querySelectorAll("details.route")) {
    node.hidden = !node.dataset.text.includes(wanted);
  }
  for (const section of document.querySelectorAll("section")) {
    section.hidden = !section.querySelector("details.route:not([hidden])");
  }
});

try {
  contract = await (await fetch("/openapi.json")).json();
  draw();
} catch (error) {
  document.getElementById("routes").textContent = `The contract could not be loaded: ${error}`;
}
