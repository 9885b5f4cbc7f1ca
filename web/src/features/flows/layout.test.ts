// SPDX-License-Identifier: Apache-2.0
import { expect, it } from 'vitest'
import { layOut, type Box } from './layout'

const box = (name: string, ...to: string[]): Box => ({ name, width: 100, height: 50, to })
const gaps = { x: 20, y: 30 }
const of = (places: ReturnType<typeof layOut>, name: string) => places.find((p) => p.name === name)!

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
