// A static web server as any host is one: files, compressed where a browser takes it, with an ETag. On loopback.
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { createServer } from 'node:http';
import { extname, join, normalize } from 'node:path';

const types = { '.html': 'text/html; charset=utf-8', '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8', '.json': 'application/json', '.wasm': 'application/wasm', '.png': 'image/png',
  '.svg': 'image/svg+xml', '.webmanifest': 'application/manifest+json' };
const encodings = [['br', '.br'], ['gzip', '.gz']];
const isNamedByContent = path => /\.[a-z0-9]{10}\.\w+$/.test(path); // _framework/name.<hash>.wasm

/**
 * Serves folders; of two that have a file the first is taken.
 * @param {string[]} folders
 */
export async function serve(folders) {
  const asked = [];
  const others = new Map(); // files that are another version now
  let isDown = false;
  const server = createServer((request, response) => {
    if (isDown) {
      request.socket.destroy();
      return;
    }
    const path = normalize(decodeURIComponent(new URL(request.url, 'http://x').pathname)).replace(/\/$/, '/index.html');
    const folder = folders.find(one => existsSync(join(one, path)) && statSync(join(one, path)).isFile());
    if (!folder && !others.has(path)) {
      asked.push({ path, status: 404, bytes: 0 });
      response.writeHead(404).end();
      return;
    }
    const takes = (request.headers['accept-encoding'] ?? '').split(/, ?/);
    const [encoding, ending] = others.has(path) ? [] : encodings.find(([name, end]) => takes.includes(name)
      && existsSync(join(folder, path + end))) ?? [];
    const bytes = others.get(path) ?? readFileSync(join(folder, path + (ending ?? '')));
    const etag = `"${createHash('sha256').update(bytes).digest('base64url').slice(0, 16)}"`;
    const headers = { 'content-type': types[extname(path)] ?? 'application/octet-stream', etag, vary: 'accept-encoding',
      'cache-control': isNamedByContent(path) ? 'public, max-age=31536000, immutable' : 'no-cache',
      ...(encoding ? { 'content-encoding': encoding } : {}) };
    const isSame = request.headers['if-none-match'] === etag;
    asked.push({ path, status: isSame ? 304 : 200, bytes: isSame ? 0 : bytes.length });
    response.writeHead(isSame ? 304 : 200, headers).end(isSame ? undefined : bytes);
  });
  await new Promise(done => server.listen(0, '127.0.0.1', done));
  return {
    address: `http://127.0.0.1:${server.address().port}/`,
    asked,
    /** From now on another content of a file. */
    change: (path, change) => {
      const folder = folders.find(one => existsSync(join(one, path)));
      others.set(path, Buffer.from(change(others.get(path)?.toString() ?? readFileSync(join(folder, path), 'utf8'))));
    },
    /** Whether the network is gone. @param {boolean} wanted */
    down: wanted => {
      isDown = wanted;
      server.closeAllConnections();
    },
    close: () => { server.closeAllConnections(); server.close(); },
  };
}
