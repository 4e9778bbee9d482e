// A node program for sigma that draws the eight marks of the report: a shape for every group, not only a colour.
import { NodeCircleProgram } from "sigma/rendering";
import { floatColor } from "sigma/utils";

const { UNSIGNED_BYTE, FLOAT, TRIANGLES } = WebGLRenderingContext;

const VERTEX = `
attribute vec4 a_id; attribute vec4 a_color; attribute vec2 a_position;
attribute float a_size; attribute float a_shape; attribute float a_angle;
uniform mat3 u_matrix; uniform float u_sizeRatio; uniform float u_correctionRatio;
varying vec4 v_color; varying vec2 v_at; varying float v_pixel; varying float v_shape;
const float bias = 255.0 / 254.0;
void main() {
  float size = a_size * u_correctionRatio / u_sizeRatio * 4.0;
  vec2 diff = size * vec2(cos(a_angle), sin(a_angle));
  gl_Position = vec4((u_matrix * vec3(a_position + diff, 1)).xy, 0, 1);
  v_at = diff / (size / 2.0);
  v_pixel = u_correctionRatio * 2.0 / (size / 2.0);
  v_shape = a_shape;
  #ifdef PICKING_MODE
  v_color = a_id;
  #else
  v_color = a_color;
  #endif
  v_color.a *= bias;
}`;

// Signed distance to the outline of each shape, in units of the node's radius.
const FRAGMENT = `
precision highp float;
varying vec4 v_color; varying vec2 v_at; varying float v_pixel; varying float v_shape;
uniform vec3 u_paper; uniform vec3 u_ink;
float box(vec2 p, vec2 b) { vec2 d = abs(p) - b; return max(d.x, d.y); }
float distance_to(float shape, vec2 p) {
  if (shape < 1.5) return length(p) - 0.80;
  if (shape < 2.5) return box(p, vec2(0.73));
  if (shape < 3.5) return max(-p.y - 0.66, 0.875 * abs(p.x) + 0.484 * p.y - 0.42);
  if (shape < 4.5) return (abs(p.x) + abs(p.y) - 0.95) * 0.707;
  if (shape < 5.5) {
    float d = -2.0;
    for (int k = 0; k < 5; k++) {
      float a = 4.712389 + 1.256637 * float(k);
      d = max(d, dot(p, vec2(cos(a), sin(a))) - 0.70);
    }
    return d;
  }
  if (shape < 6.5) return box(p, vec2(0.92, 0.50));
  if (shape < 7.5) return min(box(p, vec2(0.33, 0.88)), box(p, vec2(0.88, 0.33)));
  return length(p) - 0.80;
}
void main(void) {
  float d = distance_to(v_shape, v_at);
  #ifdef PICKING_MODE
  gl_FragColor = d > 0.0 ? vec4(0.0) : v_color;
  #else
  bool filled = v_shape > 4.5 && v_shape < 7.5;
  float wide = max(0.17, 1.6 * v_pixel);
  vec3 inside = filled ? v_color.rgb : u_paper;
  vec3 edge = filled ? u_ink : v_color.rgb;
  float line = smoothstep(-wide - v_pixel, -wide, d);
  if (v_shape > 7.5) line = max(line, 1.0 - smoothstep(0.0, v_pixel, abs(length(v_at) - 0.45) - wide * 0.5));
  float cover = 1.0 - smoothstep(-v_pixel, 0.0, d);
  gl_FragColor = vec4(mix(inside, edge, line), 1.0) * cover * v_color.a;
  #endif
}`;

/** Returns a node program that draws on the given paper and ink colours (each [r, g, b] from 0 to 1). */
export function shapeProgram(paper, ink) {
  return class extends NodeCircleProgram {
    getDefinition() {
      const circle = super.getDefinition();
      return {
        ...circle,
        VERTEX_SHADER_SOURCE: VERTEX,
        FRAGMENT_SHADER_SOURCE: FRAGMENT,
        METHOD: TRIANGLES,
        UNIFORMS: ["u_sizeRatio", "u_correctionRatio", "u_matrix", "u_paper", "u_ink"],
        ATTRIBUTES: [
          { name: "a_position", size: 2, type: FLOAT },
          { name: "a_size", size: 1, type: FLOAT },
          { name: "a_shape", size: 1, type: FLOAT },
          { name: "a_color", size: 4, type: UNSIGNED_BYTE, normalized: true },
          { name: "a_id", size: 4, type: UNSIGNED_BYTE, normalized: true },
        ],
      };
    }
    processVisibleItem(index, start, data) {
      this.array.set([data.x, data.y, data.size, data.shape], start);
      this.array[start + 4] = floatColor(data.color);
      this.array[start + 5] = index;
    }
    setUniforms(params, info) {
      super.setUniforms(params, info);
      info.gl.uniform3fv(info.uniformLocations.u_paper, paper);
      info.gl.uniform3fv(info.uniformLocations.u_ink, ink);
    }
  };
}
