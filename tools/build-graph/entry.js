// The interactive picture of a finding report: stored positions, no animation, no request.
import Graph from "graphology";
import Sigma from "sigma";
import { shapeProgram } from "./shapes.js";

const rgb = (hex) => [1, 3, 5].map((at) => parseInt(hex.slice(at, at + 2), 16) / 255);

/**
 * Opens the picture in an empty element.
 *   nodes   [{row, label, group, x, y, size}]   edges   [{a, b, n}]   colours   {paper, ink, edge, groups: [hex]}
 *   on      {node(row), edge(a, b)} called on a click
 * Returns {least(n), zoom(factor), reset(), close()}.
 */
function open(element, { nodes, edges, colours, font, on }) {
  const graph = new Graph({ type: "undirected", multi: false });
  for (const one of nodes) {
    graph.addNode(String(one.row), {
      x: one.x, y: 1 - one.y, size: one.size, shape: (one.group % 8) + 1, color: colours.groups[one.group % 8],
      label: one.label, row: one.row,
    });
  }
  const most = Math.max(1, ...edges.map((one) => one.n));
  for (const one of edges) {
    if (graph.hasNode(String(one.a)) && graph.hasNode(String(one.b)) && !graph.hasEdge(String(one.a), String(one.b)))
      graph.addEdge(String(one.a), String(one.b), { n: one.n, size: 0.7 + 4.3 * Math.pow(one.n / most, 0.7), color: colours.edge });
  }
  let least = 1, focus = null;
  const near = (node) => focus === null || node === focus || graph.areNeighbors(node, focus);
  const inside = (context, data) => {
    if (data.size < 8) return;
    context.fillStyle = data.shape > 4 && data.shape < 8 ? "#14181b" : colours.ink;
    context.font = `${Math.min(14, data.size)}px ${font}`;
    context.textAlign = "center";
    context.fillText(String(data.row), data.x, data.y + Math.min(14, data.size) * 0.36 + (data.shape === 3 ? 2 : 0));
    context.textAlign = "start";
  };
  const hover = (context, data) => {
    context.font = `600 13px ${font}`;
    const wide = context.measureText(data.label).width + 16;
    const left = Math.max(0, Math.min(data.x - wide / 2, element.clientWidth - wide));
    const top = data.y - data.size - 30 < 0 ? data.y + data.size + 6 : data.y - data.size - 30;
    context.fillStyle = colours.ink;
    context.fillRect(left, top, wide, 24);
    context.fillStyle = colours.paper;
    context.fillText(data.label, left + 8, top + 17);
  };
  const sigma = new Sigma(graph, element, {
    nodeProgramClasses: { shape: shapeProgram(rgb(colours.paper), rgb(colours.ink)) },
    defaultNodeType: "shape", defaultDrawNodeLabel: inside, defaultDrawNodeHover: hover, enableEdgeEvents: true,
    labelRenderedSizeThreshold: 8, labelDensity: 1e9, labelGridCellSize: 1e6, stagePadding: 26,
    minCameraRatio: 0.05, maxCameraRatio: 1.6, zoomToSizeRatioFunction: (ratio) => Math.sqrt(ratio), allowInvalidContainer: true,
    nodeReducer: (node, data) => (near(node) ? data : { ...data, color: colours.edge, label: "" }),
    edgeReducer: (edge, data) => {
      const kept = data.n >= least && (focus === null || graph.hasExtremity(edge, focus));
      return kept ? (focus === null ? data : { ...data, color: colours.ink, zIndex: 1 }) : { ...data, hidden: true };
    },
  });
  const look = (node) => { focus = node; sigma.refresh({ skipIndexation: true }); };
  sigma.on("enterNode", ({ node }) => { element.style.cursor = "pointer"; look(node); });
  sigma.on("leaveNode", () => { element.style.cursor = ""; look(null); });
  sigma.on("enterEdge", () => { element.style.cursor = "pointer"; });
  sigma.on("leaveEdge", () => { element.style.cursor = ""; });
  sigma.on("clickNode", ({ node }) => on.node(Number(node)));
  sigma.on("clickEdge", ({ edge }) => on.edge(...graph.extremities(edge).map(Number)));
  const camera = sigma.getCamera();
  return {
    least(n) { least = n; sigma.refresh({ skipIndexation: true }); },
    zoom(factor) { camera.setState({ ratio: Math.min(1.6, Math.max(0.05, camera.getState().ratio / factor)) }); },
    reset() { camera.setState({ x: 0.5, y: 0.5, ratio: 1, angle: 0 }); },
    close() { sigma.kill(); },
  };
}

window.UndazzleGraph = { open };
