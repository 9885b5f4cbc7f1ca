// SPDX-License-Identifier: Apache-2.0
import { expect, it } from 'vitest'
import { layOut as draw, pathThrough, type Box, type Place } from './layout'

const box = (name: string, ...to: string[]): Box => ({ name, width: 100, height: 50, to })
const gaps = { x: 20, y: 30 }
const layOut = (boxes: Box[], roots: string[], between = gaps) => draw(boxes, roots, between).places
const of = (places: Place[], name: string) => places.find((p) => p.name === name)!

it('puts each node below everything that leads to it, and nothing over anything', () => {
  const places = layOut([box('a', 'b', 'c'), box('b', 'd'), box('c', 'b'), box('d')], ['a'], gaps)
  expect(['a', 'c', 'b', 'd'].map((n) => of(places, n).layer)).toEqual([0, 1, 2, 3])
  expect(of(places, 'c').y).toBe(80)
  const overlaps = places.some((p) => places.some((q) => p !== q && p.y === q.y && Math.abs(p.x - q.x) < 100))
  expect(overlaps).toBe(false)
})
it('is not led astray by a circle, by a way to itself or to nowhere', () => {
  const places = layOut([box('a', 'b'), box('b', 'a', 'b', 'gone', 'c'), box('c', 'a')], ['a'], gaps)
  expect(['a', 'b', 'c'].map((n) => of(places, n).layer)).toEqual([0, 1, 2])
})
it('orders what a menu leads to as its keys stand', () => {
  const places = layOut([box('z'), box('y'), box('x'), box('menu', 'x', 'y', 'z')], ['menu'], gaps)
  expect(['x', 'y', 'z'].map((n) => of(places, n).x)).toEqual([0, 120, 240])
  expect(of(places, 'menu').x).toBe(120)
})
it('untangles two ways that crossed', () => {
  const places = layOut([box('a', 'b', 'c'), box('b', 'e'), box('c', 'd'), box('d'), box('e')], ['a'], gaps)
  expect(of(places, 'b').x < of(places, 'c').x).toBe(of(places, 'e').x < of(places, 'd').x)
})
it('draws nothing for nothing, and 200 nodes in a row', () => {
  expect(layOut([], [], gaps)).toEqual([])
  const row = Array.from({ length: 200 }, (_, i) => box(`n${i}`, `n${i + 1}`))
  expect(of(layOut(row, ['n0'], gaps), 'n199').layer).toBe(199)
})
it('keeps a lane free for a line that passes a layer', () => {
  const { places, bends } = draw([box('a', 'b', 'c'), box('b', 'c'), box('c', 'a')], ['a'], gaps)
  const [lane] = bends.get('a 1')!
  const b = of(places, 'b')
  expect([lane!.top, lane!.bottom]).toEqual([b.y, b.y + 50])
  expect(lane!.x < b.x || lane!.x > b.x + 100).toBe(true)
  expect([...bends.keys()]).toEqual(['a 1'])
})
it('draws a line down, through its lanes, and in from above', () => {
  expect(pathThrough({ x: 0, y: 0 }, [], { x: 100, y: 100 })).toBe('M0,0 C0,50 100,50 100,100')
  expect(pathThrough({ x: 0, y: 0 }, [{ x: 50, top: 100, bottom: 150 }], { x: 0, y: 200 })).toBe('M0,0 C0,50 50,50 50,100 L50,150 C50,175 0,175 0,200')
  expect(pathThrough({ x: 0, y: 100 }, [], { x: 0, y: 0 })).toBe('M0,100 C0,124 0,-24 0,0')
})
