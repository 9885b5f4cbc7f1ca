// SPDX-License-Identifier: Apache-2.0
// The peer of the row "desks": Node's ws, which sends one text to every open socket.
//   node fan_out.mjs ADDRESS BYTES     says its port; each line of its input is an event
// The text is made once for all, which is the least it can be.
import { createInterface } from "node:readline";
import { WebSocketServer } from "ws";

const [address, bytes] = process.argv.slice(2);

/** UTC with microseconds, as our server writes it. */
function now() {
  const us = Math.round((performance.timeOrigin + performance.now()) * 1000);
  const digits = String(us % 1_000_000).padStart(6, "0");
  return new Date(Math.floor(us / 1000)).toISOString().slice(0, 20) + digits + "Z";
}

function textOf(size) {
  const message = { type: "chats", at: now(), chats: "" };
  const rest = size - JSON.stringify(message).length;
  return JSON.stringify({ ...message, chats: "x".repeat(Math.max(0, rest)) });
}

const server = new WebSocketServer({ host: address, port: 0, backlog: 4096 }, () =>
  console.log(server.address().port),
);
createInterface({ input: process.stdin }).on("line", () => {
  const text = textOf(Number(bytes));
  for (const socket of server.clients) socket.send(text);
});
