// SPDX-License-Identifier: Apache-2.0
// Which codecs a call offers, best first: A-law needs no transcoding towards the telephone network.

export interface CodecLike {
  mimeType: string
  clockRate: number
}

const wanted = ['audio/pcma', 'audio/pcmu', 'audio/opus', 'audio/telephone-event']

/** The wanted ones in our order; everything else is left out. */
export function codecOrder<T extends CodecLike>(offered: readonly T[]): T[] {
  const rank = (codec: T) => wanted.indexOf(codec.mimeType.toLowerCase())
  return offered.filter((codec) => rank(codec) >= 0).sort((a, b) => rank(a) - rank(b))
}
