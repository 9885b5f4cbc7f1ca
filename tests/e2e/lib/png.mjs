// SPDX-License-Identifier: Apache-2.0
// Makes a picture small: Chromium's true-colour PNG becomes one of at most 256 colours (PNG 1.2, RFC 2083).
import zlib from 'node:zlib';

const signature = Buffer.from('89504e470d0a1a0a', 'hex');

function chunks(png) {
  const found = [];
  for (let at = 8; at < png.length;) {
    const length = png.readUInt32BE(at);
    found.push({ type: png.toString('latin1', at + 4, at + 8), data: png.subarray(at + 8, at + 8 + length) });
    at += 12 + length;
  }
  return found;
}

function paeth(a, b, c) {
  const p = a + b - c;
  const [pa, pb, pc] = [Math.abs(p - a), Math.abs(p - b), Math.abs(p - c)];
  return pa <= pb && pa <= pc ? a : pb <= pc ? b : c;
}

/** The filters of RFC 2083 §6 undone: one byte a channel, row after row. */
function unfilter(raw, height, stride, step) {
  const out = Buffer.alloc(height * stride);
  for (let y = 0; y < height; y++) {
    const filter = raw[y * (stride + 1)];
    for (let x = 0; x < stride; x++) {
      const left = x >= step ? out[y * stride + x - step] : 0;
      const up = y > 0 ? out[(y - 1) * stride + x] : 0;
      const corner = x >= step && y > 0 ? out[(y - 1) * stride + x - step] : 0;
      const guess = [0, left, up, (left + up) >> 1, paeth(left, up, corner)][filter];
      out[y * stride + x] = raw[y * (stride + 1) + 1 + x] + guess;
    }
  }
  return out;
}

function chunk(type, data) {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const out = Buffer.alloc(body.length + 8);
  out.writeUInt32BE(data.length, 0);
  body.copy(out, 4);
  out.writeUInt32BE(crc(body), out.length - 4);
  return out;
}

const table = Uint32Array.from({ length: 256 }, (_, n) => {
  let c = n;
  for (let k = 0; k < 8; k++) c = c & 1 ? 0xedb88320 ^ (c >>> 1) : c >>> 1;
  return c;
});
function crc(bytes) {
  let c = 0xffffffff;
  for (const b of bytes) c = table[(c ^ b) & 255] ^ (c >>> 8);
  return (c ^ 0xffffffff) >>> 0;
}

/** The 256 commonest colours; a rarer one becomes the nearest of them. */
function palette(counts) {
  const colours = [...counts].sort((a, b) => b[1] - a[1]).map(([c]) => c);
  const kept = colours.slice(0, 256);
  const place = new Map(kept.map((c, i) => [c, i]));
  const far = (a, b) => ((a >> 16) - (b >> 16)) ** 2 + (((a >> 8) & 255) - ((b >> 8) & 255)) ** 2 + ((a & 255) - (b & 255)) ** 2;
  for (const c of colours.slice(256)) {
    let best = 0;
    for (let i = 1; i < kept.length; i++) if (far(c, kept[i]) < far(c, kept[best])) best = i;
    place.set(c, best);
  }
  return { kept, place };
}

/** @param png 8-bit RGB or RGBA without interlacing, as Chromium writes it */
export function smallPng(png) {
  const parts = chunks(png);
  const head = parts.find((c) => c.type === 'IHDR').data;
  const [width, height, step] = [head.readUInt32BE(0), head.readUInt32BE(4), { 2: 3, 6: 4 }[head[9]]];
  if (!step || head[8] !== 8 || head[12] !== 0) throw new Error('not a PNG that Chromium writes');
  const raw = zlib.inflateSync(Buffer.concat(parts.filter((c) => c.type === 'IDAT').map((c) => c.data)));
  const pixels = unfilter(raw, height, width * step, step);
  const colourAt = (i) => (pixels[i] << 16) | (pixels[i + 1] << 8) | pixels[i + 2];
  const counts = new Map();
  for (let i = 0; i < pixels.length; i += step) counts.set(colourAt(i), (counts.get(colourAt(i)) ?? 0) + 1);
  const { kept, place } = palette(counts);
  const rows = Buffer.alloc(height * (width + 1));
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) rows[y * (width + 1) + 1 + x] = place.get(colourAt((y * width + x) * step));
  const indexed = Buffer.from(head);
  indexed[9] = 3;
  return Buffer.concat([signature, chunk('IHDR', indexed), chunk('PLTE', Buffer.from(kept.flatMap((c) => [c >> 16, (c >> 8) & 255, c & 255]))),
    chunk('IDAT', zlib.deflateSync(rows, { level: 9 })), chunk('IEND', Buffer.alloc(0))]);
}

/** A photo of one colour, as an upload. */
export function plainPng(width, height, colour) {
  return pngOf(width, height, () => colour);
}

/** A photo of something: a radiator before a wall of this colour. */
export function photoLike(width, height, [r, g, b]) {
  return pngOf(width, height, (x, y) => {
    const isRadiator = y > height * 0.4 && y < height * 0.85 && x > width * 0.15 && x < width * 0.85;
    const light = isRadiator ? 60 + (x % 24 < 5 ? -70 : 30) : 40 - (60 * y) / height;
    return [r, g, b].map((c) => Math.max(0, Math.min(255, Math.round(c + light))));
  });
}

function pngOf(width, height, colourAt) {
  const head = Buffer.alloc(13);
  head.writeUInt32BE(width, 0);
  head.writeUInt32BE(height, 4);
  head.set([8, 2, 0, 0, 0], 8);
  const row = (y) => Buffer.from([0, ...Array.from({ length: width }, (_, x) => colourAt(x, y)).flat()]);
  const raw = Buffer.concat(Array.from({ length: height }, (_, y) => row(y)));
  return Buffer.concat([signature, chunk('IHDR', head), chunk('IDAT', zlib.deflateSync(raw)), chunk('IEND', Buffer.alloc(0))]);
}
