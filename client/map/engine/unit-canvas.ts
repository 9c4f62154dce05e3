/**
 * The canvas of the unit marks, over the map. On a canvas of its own because units move all the time and the map
 * does not: a frame of motion is one draw call here, and no work at all for the map below. It needs nothing of a
 * graphics library, so it costs the wall's page a few kilobytes.
 */
import type { Map as MapLibreMap } from 'maplibre-gl';
import { unitFragmentShader, unitVertexShader } from '../layers/unit-shaders.ts';
import { earthM, mercator } from '../sources/mercator.ts';

/** What is drawn, by slot; the arrays are read at every `upload`. */
export interface UnitArrays {
  count: number;
  /** Web Mercator relative to `origin`, two per slot. */
  offsets: Float32Array;
  origin: readonly [number, number];
  motion: Float32Array;
  looks: Float32Array;
}

export interface UnitStyle {
  atlas: ImageData;
  /** Tiles across and down. */
  atlasSize: readonly [number, number];
  /** 0..1 each. */
  ring: readonly [number, number, number];
  ground: readonly [number, number, number];
  scale: number;
}

interface Program {
  program: WebGLProgram;
  vertexArray: WebGLVertexArrayObject;
  buffers: WebGLBuffer[];
  uniform: (name: string) => WebGLUniformLocation | null;
}

const floatsPerSlot = [2, 4, 4];

export class UnitCanvas {
  readonly element = document.createElement('canvas');
  private readonly map: MapLibreMap;
  private readonly gl: WebGL2RenderingContext;
  /** Seconds on the clock of `motion`. */
  private readonly elapsedS: () => number;
  private program: Program | null = null;
  private texture: WebGLTexture | null = null;
  private arrays: UnitArrays | null = null;
  private style: UnitStyle | null = null;

  constructor(map: MapLibreMap, elapsedS: () => number) {
    this.map = map;
    this.elapsedS = elapsedS;
    this.element.className = 'jm-units';
    const gl = this.element.getContext('webgl2', {
      antialias: false,
      depth: false,
      premultipliedAlpha: true,
    });
    if (!gl) throw new Error('no WebGL 2; expected a browser and a graphics driver that have it');
    this.gl = gl;
    // Right after the map's canvas: over the map, under the DOM marks of the incidents.
    map.getCanvas().after(this.element);
    this.element.addEventListener('webglcontextlost', lost => {
      lost.preventDefault();
      this.program = null;
      this.texture = null;
    });
    this.element.addEventListener('webglcontextrestored', () => this.start());
    map.on('resize', this.resize);
    map.on('render', this.draw);
    this.resize();
    this.start();
  }

  /** Sends arrays to the graphics card and draws. */
  upload(arrays: UnitArrays): void {
    this.arrays = arrays;
    if (!this.program) return;
    [arrays.offsets, arrays.motion, arrays.looks].forEach((values, index) => {
      this.gl.bindBuffer(this.gl.ARRAY_BUFFER, this.program!.buffers[index]!);
      this.gl.bufferData(this.gl.ARRAY_BUFFER, values, this.gl.DYNAMIC_DRAW);
    });
    this.draw();
  }

  /** Another theme or scale; draws at the next `upload`. */
  restyle(style: UnitStyle): void {
    const sameAtlas = this.style?.atlas === style.atlas;
    this.style = style;
    if (!sameAtlas) this.uploadAtlas();
  }

  dispose(): void {
    this.map.off('resize', this.resize);
    this.map.off('render', this.draw);
    this.gl.getExtension('WEBGL_lose_context')?.loseContext();
    this.element.remove();
  }

  readonly draw = (): void => {
    const { gl, program, arrays, style } = this;
    if (!program || !style || !arrays) return;
    gl.viewport(0, 0, this.element.width, this.element.height);
    gl.clear(gl.COLOR_BUFFER_BIT);
    if (arrays.count === 0) return;
    gl.useProgram(program.program);
    gl.bindVertexArray(program.vertexArray);
    this.setCamera(program, arrays);
    gl.uniform1f(program.uniform('elapsedS'), this.elapsedS());
    gl.uniform1f(program.uniform('sizePx'), style.scale * unitSizePx(this.map.getZoom()));
    gl.uniform2f(program.uniform('atlasSize'), ...style.atlasSize);
    gl.uniform3f(program.uniform('ring'), ...style.ring);
    gl.uniform3f(program.uniform('ground'), ...style.ground);
    gl.drawArraysInstanced(gl.TRIANGLE_STRIP, 0, 4, arrays.count);
  };

  private readonly resize = (): void => {
    const { clientWidth, clientHeight } = this.map.getContainer();
    const ratio = globalThis.devicePixelRatio;
    this.element.width = Math.round(clientWidth * ratio);
    this.element.height = Math.round(clientHeight * ratio);
    this.element.style.width = `${clientWidth}px`;
    this.element.style.height = `${clientHeight}px`;
    this.draw();
  };

  private setCamera({ uniform }: Program, { origin }: UnitArrays): void {
    const { gl, map } = this;
    const { clientWidth, clientHeight } = map.getContainer();
    const center = map.getCenter();
    const [x, y] = mercator(center.lng, center.lat);
    const worldPx = 512 * 2 ** map.getZoom();
    const bearing = (map.getBearing() * Math.PI) / 180;
    const pitch = (map.getPitch() * Math.PI) / 180;
    const halfView = (map.getVerticalFieldOfView() * Math.PI) / 360;
    gl.uniform2f(uniform('centerOffset'), x - origin[0], y - origin[1]);
    gl.uniform1f(uniform('worldPx'), worldPx);
    gl.uniform1f(uniform('pxPerMetre'), worldPx / (earthM * Math.cos((center.lat * Math.PI) / 180)));
    gl.uniform2f(uniform('bearing'), Math.sin(bearing), Math.cos(bearing));
    gl.uniform2f(uniform('pitch'), Math.sin(pitch), Math.cos(pitch));
    gl.uniform1f(uniform('cameraPx'), clientHeight / 2 / Math.tan(halfView));
    gl.uniform2f(uniform('viewportPx'), clientWidth, clientHeight);
  }

  /** Everything that a context holds; also after a lost one. */
  private start(): void {
    const { gl } = this;
    this.program = makeProgram(gl);
    gl.enable(gl.BLEND);
    gl.blendFunc(gl.ONE, gl.ONE_MINUS_SRC_ALPHA);
    gl.clearColor(0, 0, 0, 0);
    this.uploadAtlas();
    if (this.arrays) this.upload(this.arrays);
  }

  private uploadAtlas(): void {
    const { gl, style } = this;
    if (!style || !this.program) return;
    gl.deleteTexture(this.texture);
    this.texture = gl.createTexture();
    gl.bindTexture(gl.TEXTURE_2D, this.texture);
    gl.pixelStorei(gl.UNPACK_PREMULTIPLY_ALPHA_WEBGL, true);
    gl.texImage2D(gl.TEXTURE_2D, 0, gl.RGBA, gl.RGBA, gl.UNSIGNED_BYTE, style.atlas);
    gl.generateMipmap(gl.TEXTURE_2D);
    gl.texParameteri(gl.TEXTURE_2D, gl.TEXTURE_MIN_FILTER, gl.LINEAR_MIPMAP_LINEAR);
    gl.texParameteri(gl.TEXTURE_2D, gl.TEXTURE_WRAP_S, gl.CLAMP_TO_EDGE);
    gl.texParameteri(gl.TEXTURE_2D, gl.TEXTURE_WRAP_T, gl.CLAMP_TO_EDGE);
  }
}

/** Diameter of a mark in css px: small in the overview, a fingertip in the street. */
function unitSizePx(zoom: number): number {
  const t = Math.min(1, Math.max(0, (zoom - 9) / 7));
  return 18 + 18 * t;
}

function makeProgram(gl: WebGL2RenderingContext): Program {
  const program = gl.createProgram();
  gl.attachShader(program, compiled(gl, gl.VERTEX_SHADER, unitVertexShader));
  gl.attachShader(program, compiled(gl, gl.FRAGMENT_SHADER, unitFragmentShader));
  gl.linkProgram(program);
  if (!gl.getProgramParameter(program, gl.LINK_STATUS) && !gl.isContextLost()) {
    throw new Error(`unit marks: shaders do not link: ${gl.getProgramInfoLog(program)}`);
  }
  const vertexArray = gl.createVertexArray();
  gl.bindVertexArray(vertexArray);
  const buffers = floatsPerSlot.map((size, location) => {
    const buffer = gl.createBuffer();
    gl.bindBuffer(gl.ARRAY_BUFFER, buffer);
    gl.enableVertexAttribArray(location);
    gl.vertexAttribPointer(location, size, gl.FLOAT, false, 0, 0);
    gl.vertexAttribDivisor(location, 1);
    return buffer;
  });
  const locations = new Map<string, WebGLUniformLocation | null>();
  const uniform = (name: string): WebGLUniformLocation | null => {
    if (!locations.has(name)) locations.set(name, gl.getUniformLocation(program, name));
    return locations.get(name) ?? null;
  };
  return { program, vertexArray, buffers, uniform };
}

function compiled(gl: WebGL2RenderingContext, type: number, source: string): WebGLShader {
  const shader = gl.createShader(type);
  if (!shader) throw new Error('unit marks: the graphics context gives no shader');
  gl.shaderSource(shader, source);
  gl.compileShader(shader);
  if (!gl.getShaderParameter(shader, gl.COMPILE_STATUS) && !gl.isContextLost()) {
    throw new Error(`unit marks: shader does not compile: ${gl.getShaderInfoLog(shader)}`);
  }
  return shader;
}
