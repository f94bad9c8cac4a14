using System.Diagnostics;
using System.Text;
using System.Text.Json;

namespace Backstep.Protocol.Tests.Samples;

/// <summary>
/// The sample readers of one language (companion-app/samples): frames go in as lines "Message hex", and one line of
/// JSON comes back for each, an object or {"refused": why}. All frames of a test in one process. "Uuids " gives those
/// that the samples ask for.
/// </summary>
internal sealed class SampleReader(string program, string extension, params string[] arguments)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    // -B: no compiled files among the sources.
    public static readonly SampleReader Python = new("python3", ".py", "-B", "-c", """
        import json, sys
        sys.path.insert(0, sys.argv[1])
        import backstep, rsc
        read = {"RscMeasurement": rsc.decode, "Stride": backstep.decode_stride, "Session": backstep.decode_session,
                "Uuids": lambda _: {"rsc_measurement": rsc.MEASUREMENT, "stride": backstep.STRIDE,
                                    "session": backstep.SESSION}}
        for line in sys.stdin:
            name, _, frame = line.partition(" ")
            try:
                print(json.dumps(read[name](bytes.fromhex(frame))))
            except ValueError as refusal:
                print(json.dumps({"refused": str(refusal)}))
        """);

    public static readonly SampleReader Node = new("node", ".mjs", "--input-type=module", "-e", """
        import { createInterface } from 'node:readline';
        import { pathToFileURL } from 'node:url';
        const load = file => import(pathToFileURL(`${process.argv[1]}/${file}`));
        const [rsc, backstep] = await Promise.all([load('rsc.mjs'), load('backstep.mjs')]);
        const long = number => `0000${number.toString(16)}-0000-1000-8000-00805f9b34fb`;
        const read = { RscMeasurement: rsc.decode, Stride: backstep.decodeStride, Session: backstep.decodeSession,
          Uuids: () => ({ runningSpeedAndCadence: long(rsc.SERVICE), rscMeasurement: long(rsc.MEASUREMENT),
            backstep: backstep.SERVICE, stride: backstep.STRIDE, session: backstep.SESSION }) };
        for await (const line of createInterface({ input: process.stdin })) {
          const [name, frame] = line.split(' ');
          const bytes = Uint8Array.from(Buffer.from(frame, 'hex'));
          let answer;
          try { answer = read[name](new DataView(bytes.buffer)); }
          catch (error) {
            if (!(error instanceof RangeError)) throw error;
            answer = { refused: error.message };
          }
          console.log(JSON.stringify(answer));
        }
        """, "--");

    /// <summary>What the samples make of each frame, in order. Keys as in <see cref="Key"/>. Skips where the language
    /// or the source tree is not here.</summary>
    public async Task<Dictionary<string, JsonElement>[]> ReadAsync(IReadOnlyList<(string Name, byte[] Frame)> frames)
    {
        string? folder = Folder();
        Assert.SkipWhen(folder is null, "companion-app/samples is not found above the tests");
        Assert.SkipUnless(IsOnPath(program), $"the samples are read by {program}, which is not on the PATH");
        Assert.True(File.Exists(Path.Combine(folder!, "rsc" + extension)));
        var start = new ProcessStartInfo(program, [.. arguments, folder!]) { RedirectStandardInput = true,
            RedirectStandardOutput = true, RedirectStandardError = true };
        using var process = Process.Start(start)!;
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(Patience);
        try
        {
            var output = process.StandardOutput.ReadToEndAsync(limit.Token);
            var error = process.StandardError.ReadToEndAsync(limit.Token);
            var lines = frames.Select(one => $"{one.Name} {Convert.ToHexStringLower(one.Frame)}\n");
            await process.StandardInput.WriteAsync(new StringBuilder().AppendJoin("", lines), limit.Token);
            process.StandardInput.Close();
            await process.WaitForExitAsync(limit.Token);
            Assert.True(process.ExitCode == 0, await error);
            Dictionary<string, JsonElement>[] read = [.. (await output)
                .Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(Keyed)];
            Assert.Equal(frames.Count, read.Length);
            return read;
        }
        finally
        {
            if (!process.HasExited)
            {
                process.Kill(entireProcessTree: true);
            }
        }
    }

    public override string ToString() => program;

    /// <summary>One spelling for both languages: stride_seconds and strideSeconds are strideseconds.</summary>
    public static string Key(string name) =>
        name.Replace("_", "", StringComparison.Ordinal).ToLowerInvariant();

    private static Dictionary<string, JsonElement> Keyed(string line) =>
        JsonDocument.Parse(line).RootElement.EnumerateObject().ToDictionary(one => Key(one.Name), one => one.Value);

    private static string? Folder()
    {
        for (var above = new DirectoryInfo(AppContext.BaseDirectory); above != null; above = above.Parent)
        {
            string samples = Path.Combine(above.FullName, "companion-app", "samples");
            if (Directory.Exists(samples))
            {
                return samples;
            }
        }

        return null;
    }

    private static bool IsOnPath(string program) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
            .Any(folder => File.Exists(Path.Combine(folder, program))
                || File.Exists(Path.Combine(folder, program + ".exe")));
}
