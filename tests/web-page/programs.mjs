// The companion's own programs, to hold the page against.
import { spawn, spawnSync } from 'node:child_process';
import { createInterface } from 'node:readline';

/** Runs `backstep`. @param {string} companion the program's .dll @param {string[]} words */
export const backstep = (companion, words) => run(companion, words);

/** What every decoder says of many payloads, by .NET: one number.
 * @param {string} benchmarks the program's .dll */
export const verdicts = (benchmarks, seed, count, framesFile) =>
  run(benchmarks, ['verdicts', String(seed), String(count), framesFile]).trim();

function run(program, words) {
  const ran = spawnSync('dotnet', [program, ...words], { encoding: 'utf8', timeout: 300000,
    maxBuffer: 64 * 1024 * 1024 });
  if (ran.status !== 0) {
    throw new Error(`${program} ${words.join(' ')} ended with ${ran.status}: ${ran.stderr}`);
  }
  return ran.stdout;
}

/** A simulated clip in a process of its own, in real time, until it is ended.
 * @param {string} gym the program's .dll @param {string[]} words */
export async function startRoom(gym, words) {
  const child = spawn('dotnet', [gym, 'room', '--belts', '1', ...words], { stdio: ['ignore', 'pipe', 'inherit'] });
  const ended = new Promise(done => child.on('exit', done));
  const port = await new Promise((done, fail) => {
    createInterface({ input: child.stdout }).on('line', line => {
      const found = line.match(/127\.0\.0\.1:(\d+)/);
      found && done(Number(found[1]));
    });
    child.on('exit', code => fail(new Error(`the room ended with ${code}`)));
  });
  return {
    port,
    /** Ends it as Ctrl+C does: then it writes what it counted. */
    end: () => { child.kill('SIGINT'); return ended; },
  };
}
