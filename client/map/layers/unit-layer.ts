/**
 * All units in one draw call. Position, slide and look come as typed arrays by slot; the shader slides the mark to
 * its fix (see glide.ts), picks its picture from the atlas and draws course arrow and selection ring itself.
 * Built on deck.gl's circle layer for its quad; attributes and shaders are its own.
 */
import type { DefaultProps } from '@deck.gl/core';
import { ScatterplotLayer } from '@deck.gl/layers';
import { atlasColumns, atlasRows } from '../images/unit-atlas.ts';
import { lookStride } from '../sources/unit-looks.ts';
import { motionStride } from '../sources/glide.ts';

export interface UnitLayerProps {
  atlas: ImageData;
  /** Seconds on the clock that `motion` counts from, read at every frame. */
  elapsedS: () => number;
  /** No redraw is asked for after this, same clock. */
  movingUntilS: number;
  /** Size of the marks against the usual one. */
  scale: number;
  /** Colour of the selection ring, 0..1 each. */
  ring: readonly [number, number, number];
  /** Colour of the ground, which outlines the arrows. */
  ground: readonly [number, number, number];
}

const uniformBlock = `\
layout(std140) uniform unitUniforms {
  float elapsedS;
  float sizePx;
  float bearingDeg;
  float columns;
  float rows;
  vec3 ring;
  vec3 ground;
} unit;
`;

const unitModule = {
  name: 'unit',
  vs: uniformBlock,
  fs: uniformBlock,
  uniformTypes: {
    elapsedS: 'f32',
    sizePx: 'f32',
    bearingDeg: 'f32',
    columns: 'f32',
    rows: 'f32',
    ring: 'vec3<f32>',
    ground: 'vec3<f32>',
  },
} as const;

const vs = `\
#version 300 es
#define SHADER_NAME unit-layer-vertex-shader
in vec3 positions;
in vec2 instancePositions;
in vec2 instancePositions64Low;
in vec4 instanceMotion;
in vec4 instanceLooks;
out vec2 vQuad;
out vec4 vLooks;
void main(void) {
  vQuad = positions.xy;
  vLooks = instanceLooks;
  vec3 fix = vec3(instancePositions, 0.0);
  geometry.worldPosition = fix;
  geometry.uv = positions.xy;
  if (instanceLooks.y <= 0.0) {
    gl_Position = vec4(2.0, 2.0, 2.0, 1.0);
    return;
  }
  float progress = instanceMotion.w > 0.0 ? clamp((unit.elapsedS - instanceMotion.z) / instanceMotion.w, 0.0, 1.0) : 1.0;
  vec2 lag = project_size(instanceMotion.xy * (1.0 - progress));
  gl_Position = project_position_to_clipspace(fix, vec3(instancePositions64Low, 0.0), vec3(lag, 0.0), geometry.position);
  DECKGL_FILTER_GL_POSITION(gl_Position, geometry);
  gl_Position.xy += project_pixel_size_to_clipspace(positions.xy * instanceLooks.y * unit.sizePx);
}
`;

/** The quad reaches from −1 to 1; the atlas tile fills its middle half, arrow and ring lie around it. */
const fs = `\
#version 300 es
#define SHADER_NAME unit-layer-fragment-shader
precision highp float;
uniform sampler2D unitAtlas;
in vec2 vQuad;
in vec4 vLooks;
out vec4 fragColor;
vec4 over(vec4 top, vec4 below) {
  float a = top.a + below.a * (1.0 - top.a);
  return a > 0.0 ? vec4((top.rgb * top.a + below.rgb * below.a * (1.0 - top.a)) / a, a) : vec4(0.0);
}
void main(void) {
  float column = mod(vLooks.x, unit.columns);
  float row = floor(vLooks.x / unit.columns);
  vec2 tile = clamp(vec2(vQuad.x, -vQuad.y) + 0.5, 0.01, 0.99);
  vec4 body = texture(unitAtlas, (vec2(column, row) + tile) / vec2(unit.columns, unit.rows));
  vec4 plain = texture(unitAtlas, vec2(column + 0.5, unit.rows - 0.5) / vec2(unit.columns, unit.rows));
  float inTile = step(max(abs(vQuad.x), abs(vQuad.y)), 0.5);
  body.a *= inTile;
  float soft = fwidth(vQuad.x) * 1.2;
  vec4 color = vec4(0.0);
  if (vLooks.w > 0.5) {
    float away = abs(length(vQuad) - 0.58);
    color = vec4(unit.ring, 1.0 - smoothstep(0.05 - soft, 0.05 + soft, away));
  }
  if (vLooks.z >= 0.0) {
    float angle = radians(vLooks.z - unit.bearingDeg);
    vec2 ahead = vec2(sin(angle), cos(angle));
    float along = dot(vQuad, ahead);
    float side = abs(dot(vQuad, vec2(ahead.y, -ahead.x)));
    float edge = max((side - (0.74 - along) * 0.85) * 0.76, 0.44 - along);
    float fill = 1.0 - smoothstep(-soft, soft, edge);
    float outline = 1.0 - smoothstep(0.04 - soft, 0.04 + soft, edge);
    color = over(vec4(unit.ground, outline * 0.8), color);
    color = over(vec4(plain.rgb, fill), color);
  }
  fragColor = over(body, color);
  fragColor.a *= layer.opacity;
  if (fragColor.a < 0.01) discard;
}
`;

const defaultProps: DefaultProps<UnitLayerProps> = {
  atlas: { type: 'image', value: null, async: true },
  elapsedS: { type: 'function', value: () => 0, compare: false },
  movingUntilS: { type: 'number', value: 0 },
  scale: { type: 'number', value: 1 },
  ring: { type: 'array', value: [1, 1, 1], compare: true },
  ground: { type: 'array', value: [0, 0, 0], compare: true },
};

export class UnitLayer extends ScatterplotLayer<unknown, UnitLayerProps> {
  static override layerName = 'UnitLayer';
  static override defaultProps = defaultProps as typeof ScatterplotLayer.defaultProps;

  override getShaders() {
    const shaders = super.getShaders();
    return { ...shaders, vs, fs, modules: [...shaders.modules, unitModule] };
  }

  override initializeState() {
    this.getAttributeManager()?.addInstanced({
      instancePositions: { size: 2, type: 'float64', fp64: true, accessor: 'getPosition' },
      instanceMotion: { size: motionStride, accessor: 'getMotion' },
      instanceLooks: { size: lookStride, accessor: 'getLook' },
    });
  }

  override draw() {
    const { atlas, elapsedS, movingUntilS, scale, ring, ground } = this.props;
    const model = this.state.model;
    if (!model || !atlas) return;
    const now = elapsedS();
    const { zoom } = this.context.viewport;
    const bearingDeg = 'bearing' in this.context.viewport ? Number(this.context.viewport.bearing) : 0;
    model.shaderInputs.setProps({
      unit: {
        elapsedS: now,
        sizePx: scale * unitSizePx(zoom),
        bearingDeg,
        columns: atlasColumns,
        rows: atlasRows,
        ring,
        ground,
        unitAtlas: atlas,
      },
    });
    model.draw(this.context.renderPass);
    if (now < movingUntilS) this.setNeedsRedraw();
  }
}

/** Diameter of a mark in css px: small in the overview, a fingertip in the street. */
export function unitSizePx(zoom: number): number {
  const t = Math.min(1, Math.max(0, (zoom - 9) / 7));
  return 18 + 18 * t;
}
