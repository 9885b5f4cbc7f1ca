// SPDX-License-Identifier: Apache-2.0
// What people type who want a page to run it: one list for every text field, and files that carry it.
import zlib from 'node:zlib';

const run = '__xss=1';
const image = `<img src=x onerror=${run}>`;

/** Each sets window.__xss, or asks for /x or /ys-canary, where it is taken for anything but text. */
export const vectors = [
  `<script>${run}</script>`, image, `<svg onload=${run}>`, `<svg><script>${run}</script></svg>`, `<img/src='x'/onerror=${run}>`,
  // Out of an attribute, a box, a title, a style or a comment.
  `">${image}`, `'>${image}`, `" onfocus=${run} autofocus x="`, `' onfocus='${run}' autofocus '`, `\` onfocus=${run} autofocus \``,
  `</textarea>${image}`, `</title>${image}`, `</script><script>${run}</script>`, `</style>${image}`, `-->${image}`, `]]>${image}`, `</option></select>${image}`,
  // Addresses.
  `javascript:${run}//`, `JaVaScRiPt:${run}//`, `java\tscript:${run}//`, `data:text/html,<script>parent.${run}</script>`, 'https://127.0.0.1/ys-canary',
  `<a href="javascript:${run}" autofocus>k</a>`, `<iframe src="javascript:parent.${run}"></iframe>`, `<iframe srcdoc="<script>parent.${run}</script>"></iframe>`,
  `<object data="javascript:${run}"></object>`, `<form><button formaction=javascript:${run}>k</button></form>`, '<meta http-equiv=refresh content="0;url=/ys-canary">', '<base href=/ys-canary/>',
  // What a parser mends into something else.
  `<math><mtext><table><mglyph><style><img src=x onerror=${run}></style></mglyph></table></mtext></math>`,
  `<noscript><p title="</noscript>${image}"></p></noscript>`, `<svg></p><style><a id="</style>${image}"></a></style>`, `<template>${image}</template>`, `<x/${image}`,
  // Templates of this and other houses.
  `{{constructor.constructor('${run}')()}}`, `{{ $el.ownerDocument.defaultView.${run} }}`, `\${${run}} <%= ${run} %> #{${run}}`, `<p v-html="'${image}'"></p>`, `<b @click="${run}" v-on:vue:mounted="${run}">k</b>`,
  // Written otherwise.
  `&lt;img src=x onerror=${run}&gt;`, `&#60;img src=x onerror=${run}&#62;`, `\\u003cimg src=x onerror=${run}\\u003e`, `%3Cimg%20src%3Dx%20onerror%3D${run}%3E`, `+ADw-script+AD4-${run}+ADw-/script+AD4-`,
  `＜img src=x onerror=${run}＞`,
  // Styles.
  '<style>*{background:url(/ys-canary)}</style>', 'x;background:url(/ys-canary)', '<link rel=stylesheet href=/ys-canary>', `<p style="width:expression(${run})">k</p>`,
  // Signs that are no letters: null, direction, ends of lines.
  `<im\0g src=x onerror=${run}>`, `\u202e${image}\u202c`, `\u2028${run}\u2029${image}`, `\ufeff${image}`,
  `<input autofocus onfocus=${run}>`, `<details open ontoggle=${run}><summary>k</summary></details>`, `<video src=x onerror=${run}></video>`, `<marquee onstart=${run}>k</marquee>`,
  '=HYPERLINK("/ys-canary","k")', `%0d%0aX-Xss: 1%0d%0a%0d%0a${image}`,
];

/** The vectors of one field, each with a name of its own behind it, so that it is found again: [vector, ...]. */
export function hostile(field, { chars = Infinity, bytes = Infinity, fits = () => true } = {}) {
  return vectors.map((v, i) => `${v} ${field}.${i}.`).filter((v) => [...v].length <= chars && Buffer.byteLength(v) <= bytes && fits(v));
}

/** As it must be read on a screen: what no text needs (controls, directions) is taken out by the hotline. */
export const legible = (text) => text.replace(/[\p{C}\p{Z}\s]+/gu, '');

const escaped = (text) => text.replace(/[\0\u2028\u2029\ufeff]/g, '').replace(/[&<>"]/g, (c) => `&#${c.charCodeAt(0)};`);
const head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>';

function crc32(bytes) {
  let crc = ~0;
  for (const byte of bytes) {
    crc ^= byte;
    for (let k = 0; k < 8; k++) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0);
  }
  return ~crc >>> 0;
}
/** @param files {path: text} */
function zipped(files) {
  const parts = [], index = [];
  let at = 0;
  for (const [name, text] of Object.entries(files)) {
    const whole = Buffer.from(text), packed = zlib.deflateRawSync(whole), path = Buffer.from(name);
    const common = Buffer.alloc(26);
    [20, 0x800, 8, 0, 0x21].forEach((v, i) => common.writeUInt16LE(v, i * 2));
    [crc32(whole), packed.length, whole.length].forEach((v, i) => common.writeUInt32LE(v, 10 + i * 4));
    common.writeUInt16LE(path.length, 22);
    const local = Buffer.concat([Buffer.from('PK\x03\x04'), common, path, packed]);
    const place = Buffer.alloc(14);
    place.writeUInt32LE(at, 10);
    index.push(Buffer.concat([Buffer.from('PK\x01\x02\x14\0'), common, place, path]));
    parts.push(local);
    at += local.length;
  }
  const list = Buffer.concat(index), end = Buffer.alloc(18);
  end.writeUInt16LE(index.length, 4);
  end.writeUInt16LE(index.length, 6);
  end.writeUInt32LE(list.length, 8);
  end.writeUInt32LE(at, 12);
  return Buffer.concat([...parts, list, Buffer.from('PK\x05\x06'), end]);
}
const columnOf = (i) => String.fromCharCode(65 + i);

/** A workbook of one sheet. rows: [[text]] */
export function workbook(rows) {
  const cells = (row, n) => row.map((text, i) => `<c r="${columnOf(i)}${n + 1}" t="inlineStr"><is><t xml:space="preserve">${escaped(text)}</t></is></c>`).join('');
  return zipped({
    '[Content_Types].xml': `${head}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/></Types>`,
    'xl/workbook.xml': `${head}<workbook xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="k" sheetId="1" r:id="rId1"/></sheets></workbook>`,
    'xl/_rels/workbook.xml.rels': `${head}<Relationships><Relationship Id="rId1" Target="worksheets/sheet1.xml"/></Relationships>`,
    'xl/worksheets/sheet1.xml': `${head}<worksheet><sheetData>${rows.map((row, n) => `<row r="${n + 1}">${cells(row, n)}</row>`).join('')}</sheetData></worksheet>`,
  });
}

/** A document of headings, each with a paragraph below. articles: [[title, text]] */
export function document(articles) {
  const paragraph = (text, style) => `<w:p>${style ? `<w:pPr><w:pStyle w:val="${style}"/></w:pPr>` : ''}<w:r><w:t xml:space="preserve">${escaped(text)}</w:t></w:r></w:p>`;
  return zipped({
    '[Content_Types].xml': `${head}<Types/>`,
    'word/styles.xml': `${head}<w:styles xmlns:w="w"><w:style w:styleId="H1"><w:name w:val="heading 1"/></w:style></w:styles>`,
    'word/document.xml': `${head}<w:document xmlns:w="w"><w:body>${articles.map(([title, text]) => paragraph(title, 'H1') + paragraph(text)).join('')}</w:body></w:document>`,
  });
}

/** As a table is written with commas. */
export const separated = (rows) => rows.map((row) => row.map((text) => `"${text.replaceAll('"', '""')}"`).join(',')).join('\r\n');
