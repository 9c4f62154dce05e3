/**
 * Shaders of the unit marks: one quad per slot. The vertex shader slides the mark to its fix (see glide.ts) and
 * projects it with the map's camera; the fragment shader picks the picture from the atlas and draws course arrow
 * and selection ring itself. Colours are premultiplied.
 */

/**
 * `offset`: Web Mercator (0..1 world) relative to an origin near the camera, so that float32 is exact to millimetres.
 * The camera is MapLibre's: px of the world turned by bearing, tilted by pitch, seen from `cameraPx` away.
 */
export const unitVertexShader = `#version 300 es
precision highp float;
layout(location = 0) in vec2 offset;
layout(location = 1) in vec4 motion;
layout(location = 2) in vec4 look;
uniform vec2 centerOffset;
uniform float worldPx;
uniform float pxPerMetre;
uniform vec2 bearing;
uniform vec2 pitch;
uniform float cameraPx;
uniform vec2 viewportPx;
uniform float elapsedS;
uniform float sizePx;
out vec2 quad;
flat out vec4 shown;
void main() {
  quad = vec2(gl_VertexID & 1, gl_VertexID >> 1) * 2.0 - 1.0;
  shown = look;
  float progress = motion.w > 0.0 ? clamp((elapsedS - motion.z) / motion.w, 0.0, 1.0) : 1.0;
  vec2 lagPx = motion.xy * vec2(1.0, -1.0) * (1.0 - progress) * pxPerMetre;
  vec2 ground = (offset - centerOffset) * worldPx + lagPx;
  vec2 turned = vec2(ground.x * bearing.y + ground.y * bearing.x, ground.y * bearing.y - ground.x * bearing.x);
  float away = cameraPx - turned.y * pitch.x;
  vec2 screen = vec2(turned.x, -turned.y * pitch.y) * cameraPx / away;
  vec2 corner = screen + quad * look.y * sizePx;
  bool drawn = look.y > 0.0 && away > 0.0;
  gl_Position = drawn ? vec4(corner * 2.0 / viewportPx, 0.0, 1.0) : vec4(2.0, 2.0, 2.0, 1.0);
}
`;

/** The quad reaches from −1 to 1; the atlas tile fills its middle half, arrow and ring lie around it. */
export const unitFragmentShader = `#version 300 es
precision highp float;
uniform sampler2D atlas;
uniform vec2 atlasSize;
uniform vec2 bearing;
uniform vec3 ring;
uniform vec3 ground;
in vec2 quad;
flat in vec4 shown;
out vec4 color;
vec4 over(vec4 top, vec4 below) {
  return top + below * (1.0 - top.a);
}
vec4 solid(vec3 rgb, float alpha) {
  return vec4(rgb * alpha, alpha);
}
void main() {
  vec2 cell = vec2(mod(shown.x, atlasSize.x), floor(shown.x / atlasSize.x));
  vec2 tile = vec2(quad.x, -quad.y) + 0.5;
  float inTile = step(max(abs(quad.x), abs(quad.y)), 0.5);
  vec4 body = texture(atlas, (cell + clamp(tile, 0.01, 0.99)) / atlasSize) * inTile;
  float soft = fwidth(quad.x) * 1.2;
  color = vec4(0.0);
  if (shown.w > 0.5) {
    float off = abs(length(quad) - 0.58);
    color = solid(ring, 1.0 - smoothstep(0.05 - soft, 0.05 + soft, off));
  }
  if (shown.z >= 0.0) {
    float course = radians(shown.z);
    vec2 north = vec2(sin(course), cos(course));
    vec2 ahead = vec2(north.x * bearing.y - north.y * bearing.x, north.y * bearing.y + north.x * bearing.x);
    float along = dot(quad, ahead);
    float side = abs(dot(quad, vec2(ahead.y, -ahead.x)));
    float edge = max((side - (0.74 - along) * 0.85) * 0.76, 0.44 - along);
    vec4 plain = texture(atlas, vec2(cell.x + 0.5, atlasSize.y - 0.5) / atlasSize);
    color = over(solid(ground, 0.8 * (1.0 - smoothstep(0.04 - soft, 0.04 + soft, edge))), color);
    color = over(plain * (1.0 - smoothstep(-soft, soft, edge)), color);
  }
  color = over(body, color);
}
`;
