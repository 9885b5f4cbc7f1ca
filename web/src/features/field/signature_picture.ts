// SPDX-License-Identifier: Apache-2.0
import { strokesInBox } from './picture'

/** What was signed as a picture that anybody can look at; none when nothing was. */
export function signaturePicture(strokes: string): Promise<Blob | null> {
  const { lines, width, height } = strokesInBox(strokes, 12)
  if (!lines.length) return Promise.resolve(null)
  const scale = 2
  const canvas = Object.assign(document.createElement('canvas'), { width: width * scale, height: height * scale })
  const pen = canvas.getContext('2d')
  if (!pen) return Promise.resolve(null)
  pen.fillStyle = '#fff'
  pen.fillRect(0, 0, canvas.width, canvas.height)
  pen.scale(scale, scale)
  Object.assign(pen, { lineWidth: 2.5, lineCap: 'round', lineJoin: 'round', strokeStyle: '#111' })
  for (const line of lines) {
    pen.beginPath()
    for (const [x, y] of line) pen.lineTo(x, y)
    pen.stroke()
  }
  return new Promise((done) => canvas.toBlob(done, 'image/png'))
}
