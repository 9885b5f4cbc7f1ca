// SPDX-License-Identifier: Apache-2.0
// WAV files made and read, and the strength of one tone in them (Goertzel).
import fs from 'node:fs';

const alaw = (() => {
  const table = new Int16Array(256);
  for (let i = 0; i < 256; i++) {
    const a = i ^ 0x55; // ITU-T G.711 table 1a
    let t = (a & 0x0f) << 4;
    const segment = (a & 0x70) >> 4;
    t = segment === 0 ? t + 8 : segment === 1 ? t + 0x108 : (t + 0x108) << (segment - 1);
    table[i] = a & 0x80 ? t : -t;
  }
  return table;
})();

/** A-law bytes at 8 kHz of two tones at once, `seconds` long: a key pressed in the band (ITU-T Q.23). */
export function keyAlaw(low, high, seconds) {
  const codes = [...alaw.entries()].sort((a, b) => a[1] - b[1]);
  const nearest = (x) => codes.reduce((best, c) => (Math.abs(c[1] - x) < Math.abs(best[1] - x) ? c : best))[0];
  const sine = (hz, i) => Math.sin((2 * Math.PI * hz * i) / 8000);
  return Buffer.from(Array.from({ length: 8000 * seconds }, (_, i) => nearest(7000 * (sine(low, i) + sine(high, i)))));
}

/** Writes a mono 16-bit WAV of one tone; `bursts`: 300 ms on, 200 ms off, which a browser takes for speech and not for noise. */
export function writeTone(file, hz, { rate = 8000, seconds = 10, level = 0.3, bursts = false } = {}) {
  const at = (i) => (bursts && (i / rate) % 0.5 > 0.3 ? 0 : level * Math.sin((2 * Math.PI * hz * i) / rate));
  writeWav(file, Float64Array.from({ length: rate * seconds }, (_, i) => at(i)), rate);
}

/** Writes samples between -1 and 1 as a mono 16-bit WAV. */
export function writeWav(file, samples, rate = 8000) {
  const n = samples.length;
  const data = Buffer.alloc(44 + n * 2);
  data.write('RIFF', 0);
  data.writeUInt32LE(36 + n * 2, 4);
  data.write('WAVEfmt ', 8);
  data.writeUInt32LE(16, 16);
  data.writeUInt16LE(1, 20);
  data.writeUInt16LE(1, 22);
  data.writeUInt32LE(rate, 24);
  data.writeUInt32LE(rate * 2, 28);
  data.writeUInt16LE(2, 32);
  data.writeUInt16LE(16, 34);
  data.write('data', 36);
  data.writeUInt32LE(n * 2, 40);
  samples.forEach((sample, i) => data.writeInt16LE(Math.round(32767 * sample), 44 + i * 2));
  fs.writeFileSync(file, data);
}

/** Reads a WAV (PCM 16 or A-law, any channels): {rate, channels: [Float64Array]}. */
export function readWav(file) {
  const b = fs.readFileSync(file);
  let at = 12, format = 0, channels = 1, rate = 8000, bits = 16, data = null;
  while (at + 8 <= b.length) {
    const id = b.toString('latin1', at, at + 4);
    const size = b.readUInt32LE(at + 4);
    if (id === 'fmt ') {
      format = b.readUInt16LE(at + 8);
      channels = b.readUInt16LE(at + 10);
      rate = b.readUInt32LE(at + 12);
      bits = b.readUInt16LE(at + 22);
    } else if (id === 'data') {
      // A file that still grows has not been told its length.
      data = b.subarray(at + 8, size === 0 ? b.length : Math.min(b.length, at + 8 + size));
      break;
    }
    at += 8 + size + (size & 1);
  }
  if (!data) throw new Error(`no samples in ${file}`);
  const width = bits / 8;
  const frames = Math.floor(data.length / width / channels);
  const out = Array.from({ length: channels }, () => new Float64Array(frames));
  for (let i = 0; i < frames; i++)
    for (let c = 0; c < channels; c++) {
      const p = (i * channels + c) * width;
      out[c][i] = (format === 6 ? alaw[data[p]] : data.readInt16LE(p)) / 32768;
    }
  return { rate, channels: out };
}

/** Amplitude (0..1) of the tone `hz` in samples. */
export function tone(samples, hz, rate = 8000) {
  const w = (2 * Math.PI * hz) / rate;
  let s1 = 0, s2 = 0;
  for (const x of samples) {
    const s = x + 2 * Math.cos(w) * s1 - s2;
    s2 = s1;
    s1 = s;
  }
  const power = s1 * s1 + s2 * s2 - 2 * Math.cos(w) * s1 * s2;
  return (2 * Math.sqrt(Math.max(0, power))) / Math.max(1, samples.length);
}

/** The loudest 0.5 s of the tone `hz`: calls have pauses, prompts and holds around the talk. */
export function loudest(samples, hz, rate = 8000, seconds = 0.5) {
  const n = Math.round(rate * seconds);
  let best = 0;
  for (let at = 0; at + n <= samples.length; at += n)
    best = Math.max(best, tone(samples.subarray(at, at + n), hz, rate));
  return best;
}
