// SPDX-License-Identifier: Apache-2.0
// Looks at a page as a person would: what leaves the screen, what is cut, what is no word, what axe says.
import { createRequire } from 'node:module';
import fs from 'node:fs';
import path from 'node:path';
import { smallPng } from './png.mjs';

const axeSource = fs.readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
/** What can differ on a phone from what axe saw of the same page on a desk. */
const phoneRules = ['button-name', 'color-contrast', 'label', 'link-name', 'scrollable-region-focusable', 'target-size'];

const sizes = [
  { name: '', width: 1366, height: 768 },
  { name: '-390', width: 390, height: 844, rules: phoneRules },
];
/** The same two at twice the size, as a browser zooms: half the room, two dots a point. */
const zoomedSizes = sizes.map((s) => ({ ...s, name: `${s.name}-zoom`, width: s.width / 2, height: s.height / 2 }));
const messages = path.resolve(import.meta.dirname, '../../../web/src/shared/messages/zh-CN');
/** The first parts of message keys: `desk`, `case`, ... */
const rooms = fs.readdirSync(messages).filter((f) => f.endsWith('.json')).map((f) => f.replace('.json', ''));

/** Runs inside the page. @returns a sentence for each fault */
function faultsOfPage(rooms) {
  const faults = new Set();
  const shown = (e) => e.checkVisibility({ visibilityProperty: true, opacityProperty: true });
  const name = (e) => {
    const own = e.getAttribute('data-action') ?? e.id ?? '';
    return `<${e.tagName.toLowerCase()}${own ? ` ${own}` : ''} class="${String(e.getAttribute('class') ?? '').slice(0, 40)}">`;
  };
  const short = (text) => `“${text.trim().replace(/\s+/g, ' ').slice(0, 40)}”`;
  const wide = innerWidth + 0.5;
  if (document.scrollingElement.scrollWidth > innerWidth) faults.add(`the document is ${document.scrollingElement.scrollWidth} px wide`);

  const tooTall = document.scrollingElement.scrollHeight - innerHeight;
  if (tooTall > 0 && tooTall < 12) faults.add(`the document is ${tooTall} px too tall: it jumps`);
  if (document.querySelector('.frame') && scrollY > 0) faults.add(`the frame has been scrolled by ${scrollY} px`);

  // Below an open dialog the page rests; the dialog is what is looked at.
  const dialog = [...document.querySelectorAll('[role=dialog]')].filter(shown).at(-1);
  const root = dialog ?? document.body;
  const isForReaders = (e) => e.closest('.sr-only, .water-mark, [aria-hidden=true]:not(kbd):not(svg *)') !== null;
  // A drawing is pushed about under its frame: what lies outside is no fault.
  const isDrawn = (e) => e.closest('[data-pans]') !== null;

  for (const e of root.querySelectorAll('*')) {
    if (isForReaders(e) || isDrawn(e) || !shown(e)) continue;
    const r = e.getBoundingClientRect();
    if (r.width === 0 || r.height === 0) continue;
    if (r.right > wide || r.left < -0.5) faults.add(`${name(e)} lies from ${Math.round(r.left)} to ${Math.round(r.right)} px`);
  }

  const words = /^[a-z]+(_[a-z0-9]+)+$/;
  const key = new RegExp(`(^|[^\\w.])(${rooms.join('|')})\\.[a-z_]+[\\w.]*`);
  const check = (text, where) => {
    if (key.test(text)) faults.add(`raw message key ${short(text)} in ${where}`);
    if (/\{\w+\}/.test(text)) faults.add(`place left over ${short(text)} in ${where}`);
    if (/\b(undefined|NaN|\[object|Invalid Date|null)\b/.test(text)) faults.add(`no word ${short(text)} in ${where}`);
    for (const word of text.split(/[^\w]+/)) if (words.test(word)) faults.add(`raw word ${short(word)} in ${where}`);
  };
  check(document.title, 'the title');
  for (const e of root.querySelectorAll('[title], [aria-label], [placeholder], [alt]'))
    for (const a of ['title', 'aria-label', 'placeholder', 'alt']) if (e.hasAttribute(a)) check(e.getAttribute(a), `${a} of ${name(e)}`);

  const fullTextIsReachable = (e) => {
    e.dispatchEvent(new PointerEvent('pointerover', { bubbles: true }));
    return e.closest('[title]') !== null;
  };
  /** What cuts the box `r` of a text in `e`, or nothing. */
  const cutBy = (e, r) => {
    let isScrolled = false;
    for (let a = e; a && a !== document.documentElement; a = a.parentElement) {
      const s = getComputedStyle(a);
      const b = a.getBoundingClientRect();
      if (s.overflowX !== 'visible' && (r.right > b.right + 1 || r.left < b.left - 1)) {
        if (s.textOverflow === 'ellipsis' && fullTextIsReachable(a)) return '';
        return s.overflowX === 'auto' || s.overflowX === 'scroll' ? `must be scrolled sideways in ${name(a)}` : `is cut by ${name(a)}`;
      }
      if (s.overflowY === 'auto' || s.overflowY === 'scroll') isScrolled = true;
      if (!isScrolled && s.overflowY !== 'visible' && (r.bottom > b.bottom + 2 || r.top < b.top - 2)) return `is cut in height by ${name(a)}`;
      if (s.position === 'fixed') break;
    }
    const box = e.closest('button, .btn, .tag, .k');
    const b = box?.getBoundingClientRect();
    if (b && (r.right > b.right + 1 || r.left < b.left - 1 || r.bottom > b.bottom + 2 || r.top < b.top - 2)) return `leaves its ${name(box)}`;
    return '';
  };
  const lying = []; // {r, e, text} of every text in view
  /** Whether `r` is wholly inside what scrolls or cuts around it. */
  const inView = (e, r) => {
    for (let a = e; a && a !== document.documentElement; a = a.parentElement) {
      const b = a.getBoundingClientRect();
      if (getComputedStyle(a).overflowY !== 'visible' && (r.bottom > b.bottom + 1 || r.top < b.top - 1)) return false;
    }
    return true;
  };
  /** The nearest ancestor that lies above the page: a menu, a toast; or the page itself. */
  const layer = (e) => {
    for (let a = e; a; a = a.parentElement) if (getComputedStyle(a).position !== 'static' && getComputedStyle(a).position !== 'relative') return a;
    return document.body;
  };
  const texts = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  for (let node = texts.nextNode(); node; node = texts.nextNode()) {
    const e = node.parentElement;
    const text = node.textContent;
    if (!text.trim() || ['SCRIPT', 'STYLE', 'TITLE'].includes(e.tagName) || !shown(e)) continue;
    if (!e.closest('.water-mark')) check(text, name(e));
    if (isForReaders(e) || isDrawn(e)) continue;
    const range = document.createRange();
    range.selectNodeContents(node);
    for (const r of range.getClientRects()) {
      if (r.width < 1) continue;
      const cut = cutBy(e, r);
      if (cut) faults.add(`${short(text)} ${cut}`);
      const clip = e.closest('.el, .tag, td')?.getBoundingClientRect();
      const right = clip ? Math.min(r.right, clip.right) : r.right;
      if (inView(e, r)) lying.push({ left: r.left, right, top: r.top + 2, bottom: r.bottom - 2, e, node, text });
    }
  }
  for (const [i, a] of lying.entries())
    for (const b of lying.slice(i + 1)) {
      const isOver = a.node !== b.node && Math.min(a.right, b.right) - Math.max(a.left, b.left) > 2 && Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) > 4;
      if (isOver && layer(a.e) === layer(b.e)) faults.add(`${short(a.text)} lies over ${short(b.text)}`);
    }
  const pen = document.createElement('canvas').getContext('2d');
  for (const e of root.querySelectorAll('input[placeholder], textarea[placeholder]')) {
    if (!shown(e) || e.value || e.tagName === 'TEXTAREA') continue;
    const s = getComputedStyle(e);
    pen.font = s.font;
    const room = e.clientWidth - parseFloat(s.paddingLeft) - parseFloat(s.paddingRight);
    if (pen.measureText(e.placeholder).width > room + 1) faults.add(`placeholder ${short(e.placeholder)} is cut: ${Math.round(room)} px`);
  }
  return [...faults];
}

async function axeFaults(page, rules) {
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(axeSource);
  return page.evaluate(async (only) => {
    const { violations } = await window.axe.run(document, { resultTypes: ['violations'], preload: false, ...(only ? { runOnly: only } : {}) });
    // A box of a drawing that is half pushed out of its frame comes wholly into view when it gets the focus.
    const isHalfOut = (n) => document.querySelector(String(n.target.at(-1)))?.closest('[data-pans]');
    for (const v of violations) if (v.id === 'target-size') v.nodes = v.nodes.filter((n) => !isHalfOut(n));
    return violations.filter((v) => ['serious', 'critical'].includes(v.impact) && v.nodes.length)
      .map((v) => `axe ${v.id}: ${v.nodes.slice(0, 4).map((n) => `${n.target.join(' ')} (${n.any[0]?.message ?? n.failureSummary.slice(0, 120)})`).join('; ')}`);
  }, rules);
}

/** Two frames after which nothing moves: a menu or dialog that opens is open. */
const settled = (page) => page.evaluate(() => new Promise((done) => {
  const look = () => (document.getAnimations().some((a) => a.playState === 'running' && a.effect.getComputedTiming().iterations !== Infinity)
    ? requestAnimationFrame(look) : requestAnimationFrame(() => done()));
  requestAnimationFrame(look);
}));

/** Takes pictures of pages at both sizes and keeps what is wrong with each. */
export class Gallery {
  faults = [];
  taken = [];

  constructor(folder) {
    this.folder = folder;
    fs.mkdirSync(folder, { recursive: true });
  }

  /** Everything the page complains of from now on is a fault, but answers that are `expected`: /path status/. */
  watch(page, who, expected = /^$/) {
    page.on('pageerror', (e) => this.faults.push(`${who}: page error: ${e.message}`));
    page.on('console', (m) => {
      if (m.type() !== 'error') return;
      const said = `${m.text()} ${m.location().url}`;
      if (!expected.test(said)) this.faults.push(`${who}: console: ${said}`);
    });
  }

  /** zoom: at 200 % as well. */
  async take(page, name, { zoom = false } = {}) {
    for (const size of zoom ? [...sizes, ...zoomedSizes] : sizes) {
      await page.setViewportSize(size);
      await page.mouse.move(3, 3); // no button looks pressed
      await settled(page);
      const shot = `${name}${size.name}`;
      await page.screenshot({ path: path.join(this.folder, `${shot}.png`), animations: 'disabled' });
      const found = [...(await page.evaluate(faultsOfPage, rooms)), ...(await axeFaults(page, size.rules))];
      this.faults.push(...found.map((f) => `${shot}: ${f}`));
      this.taken.push(shot);
    }
    await page.setViewportSize(sizes[0]);
  }

  /** Makes the pictures small enough to be kept in the repository. */
  shrink() {
    for (const name of this.taken) {
      const file = path.join(this.folder, `${name}.png`);
      fs.writeFileSync(file, smallPng(fs.readFileSync(file)));
    }
  }
}
