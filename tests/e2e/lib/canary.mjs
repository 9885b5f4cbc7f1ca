// SPDX-License-Identifier: Apache-2.0
// Sees whether text was run: a word of the window, a dialog, a line of the console, a request. What the page's content policy stopped
// is told apart: then the text had become markup, though nothing came of it.
import { legible } from './hostile_words.mjs';

export class Canary {
  moved = [];
  stopped = [];

  /** Every page of this context, and every frame in them, from now on. */
  async watch(context) {
    const tell = (what) => this.moved.push(what);
    await context.exposeBinding('ysMoved', ({ frame }, what) => tell(`${frame.url()}: ${what}`));
    await context.exposeBinding('ysStopped', ({ frame }, what) => this.stopped.push(`${frame.url()}: ${what}`));
    await context.addInitScript(() => {
      Object.defineProperty(window, '__xss', { get: () => undefined, set: () => window.ysMoved('a word was set'), configurable: false });
      document.addEventListener('securitypolicyviolation', (e) => window.ysStopped(`${e.effectiveDirective} ${e.blockedURI} ${e.sample}`));
    });
    context.on('request', (request) => {
      const { pathname } = new URL(request.url());
      if (pathname.includes('ys-canary') || pathname.endsWith('/x')) tell(`asked for ${request.url()}`);
    });
    context.on('page', (page) => {
      page.on('dialog', (dialog) => { tell(`a dialog: ${dialog.message()}`); void dialog.dismiss(); });
      page.on('console', (line) => { if (/__xss|ys-canary/.test(line.text()) && line.type() !== 'error') tell(`the console: ${line.text()}`); });
    });
  }
}

/** Everything that can be read on a page and in its frames, also in boxes to write in, without blanks. */
export async function readOn(page) {
  const texts = await Promise.all(page.frames().map((frame) => frame.evaluate(() => {
    const fields = [...document.querySelectorAll('input, textarea')].map((e) => e.value);
    const options = [...document.querySelectorAll('option')].map((e) => e.textContent);
    return [document.title, document.body?.innerText ?? '', ...fields, ...options].join('\n');
  }).catch(() => '')));
  return legible(texts.join('\n'));
}

/** Elements and attributes that only a stored text could have brought. */
export const markupOn = (page) => Promise.all(page.frames().map((frame) => frame.evaluate(() => {
  const strange = [...document.querySelectorAll('img[src=x], video[src=x], [href*="ys-canary"]:not([href*="%2Fys-canary"]), [style*="ys-canary"], iframe[srcdoc], object, embed, base, marquee, math, [href^="javascript:" i], [href^="data:text" i]')];
  for (const e of document.querySelectorAll('*')) if ([...e.attributes].some((a) => a.name.startsWith('on'))) strange.push(e);
  return strange.map((e) => e.outerHTML.slice(0, 120));
}).catch(() => []))).then((all) => all.flat());
