// SPDX-License-Identifier: Apache-2.0
// SHA-256 (FIPS 180-4) for pages of plain http on a house's own network, where browsers keep
// crypto.subtle to themselves. Slower than theirs; loaded only there.

/** The first 32 bits of the fractional parts of the n-th roots of the first primes. */
function rootsOfPrimes(count: number, root: (n: number) => number): Uint32Array {
  const out = new Uint32Array(count)
  for (let n = 2, found = 0; found < count; n++) {
    let isPrime = true
    for (let d = 2; d * d <= n && isPrime; d++) isPrime = n % d !== 0
    if (isPrime) out[found++] = (root(n) % 1) * 2 ** 32
  }
  return out
}
const k = rootsOfPrimes(64, Math.cbrt)
const begin = rootsOfPrimes(8, Math.sqrt)
const turn = (x: number, by: number) => (x >>> by) | (x << (32 - by))

/** The bytes, a one bit, zeros, and the length in bits in the last eight bytes of a block. */
function tailOf(bytes: Uint8Array): Uint8Array {
  const rest = bytes.subarray(bytes.length - (bytes.length % 64))
  const tail = new Uint8Array(rest.length < 56 ? 64 : 128)
  tail.set(rest)
  tail[rest.length] = 0x80
  const view = new DataView(tail.buffer)
  view.setUint32(tail.length - 8, Math.floor(bytes.length / 2 ** 29))
  view.setUint32(tail.length - 4, (bytes.length * 8) >>> 0)
  return tail
}

function take(view: DataView, at: number, w: Int32Array, h: Int32Array): void {
  for (let i = 0; i < 16; i++) w[i] = view.getInt32(at + i * 4)
  for (let i = 16; i < 64; i++) {
    const a = w[i - 15]!, b = w[i - 2]!
    const s0 = turn(a, 7) ^ turn(a, 18) ^ (a >>> 3), s1 = turn(b, 17) ^ turn(b, 19) ^ (b >>> 10)
    w[i] = w[i - 16]! + s0 + w[i - 7]! + s1
  }
  let [a, b, c, d, e, f, g, last] = h as unknown as [number, number, number, number, number, number, number, number]
  for (let i = 0; i < 64; i++) {
    const t1 = (last + (turn(e, 6) ^ turn(e, 11) ^ turn(e, 25)) + ((e & f) ^ (~e & g)) + k[i]! + w[i]!) | 0
    const t2 = ((turn(a, 2) ^ turn(a, 13) ^ turn(a, 22)) + ((a & b) ^ (a & c) ^ (b & c))) | 0
    last = g; g = f; f = e; e = (d + t1) | 0; d = c; c = b; b = a; a = (t1 + t2) | 0
  }
  for (const [i, x] of [a, b, c, d, e, f, g, last].entries()) h[i] = h[i]! + x
}

/** @returns 64 hexadecimal digits */
export function sha256(bytes: Uint8Array): string {
  const h = new Int32Array(begin)
  const w = new Int32Array(64)
  const whole = bytes.length - (bytes.length % 64)
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  for (let at = 0; at < whole; at += 64) take(view, at, w, h)
  const tail = tailOf(bytes)
  for (let at = 0; at < tail.length; at += 64) take(new DataView(tail.buffer), at, w, h)
  return [...new Uint32Array(h)].map((x) => x.toString(16).padStart(8, '0')).join('')
}
