// Bundles sigma, graphology and our entry into one file that opens from disk and asks for nothing.
import { build } from "esbuild";
import { fileURLToPath } from "node:url";

await build({
  entryPoints: [fileURLToPath(new URL("entry.js", import.meta.url))],
  outfile: process.argv[2] ?? fileURLToPath(new URL("../../src/undazzle/publish/assets/graph.min.js", import.meta.url)),
  bundle: true,
  minify: true,
  format: "iife",
  target: "es2020",
  charset: "ascii",
  legalComments: "none",
  // A browser without WebGL keeps the static picture instead of failing on the first line.
  banner: { js: "/* sigma 3.0.3, graphology 0.26.0, events: MIT, see THIRD_PARTY_LICENSES.txt */if(window.WebGLRenderingContext){" },
  footer: { js: "}" },
});
