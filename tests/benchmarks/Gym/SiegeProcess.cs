using System.Diagnostics;
using System.Globalization;

namespace Backstep.Benchmarks.Gym;

/// <summary>A process of the siege: started, killed without a word, started again; and what it took.</summary>
internal sealed class SiegeProcess(string name, string file, IReadOnlyList<string> arguments, string folder,
    IReadOnlyDictionary<string, string>? variables = null) : IDisposable
{
    // Of Linux, for /proc/PID/stat (sysconf(_SC_CLK_TCK)).
    private const double TicksASecond = 100;

    private Process? _process;
    private double _cpuOfEarlier;
    private double _cpu;

    /// <summary>What it is.</summary>
    public string Name => name;

    /// <summary>How often it was killed.</summary>
    public int Kills { get; private set; }

    /// <summary>CPU time of all its lives, in s.</summary>
    public double CpuSeconds => _cpuOfEarlier + _cpu;

    /// <summary>The most memory that it held at once, in MiB.</summary>
    public double PeakMebibytes { get; private set; }

    /// <summary>The last that was looked at, in MiB.</summary>
    public double Mebibytes { get; private set; }

    /// <summary>Whether it runs.</summary>
    public bool IsRunning => _process is { HasExited: false };

    /// <summary>Where its words go.</summary>
    public string LogFile => Path.Combine(folder, $"{name}.log");

    /// <summary>Starts it, for the first time or again.</summary>
    public void Start()
    {
        var start = new ProcessStartInfo("/bin/sh", ["-c", "exec \"$0\" \"$@\" >>\"$LOG\" 2>&1", file, .. arguments])
        {
            WorkingDirectory = folder,
        };
        start.Environment["LOG"] = LogFile;
        foreach (var (key, value) in variables ?? new Dictionary<string, string>())
        {
            start.Environment[key] = value;
        }

        _process = Process.Start(start) ?? throw new InvalidOperationException($"{name} does not start");
    }

    /// <summary>Ends it as a power cut does, with what it has started.</summary>
    public void Kill()
    {
        Look();
        Kills++;
        _process!.Kill(entireProcessTree: true); // SIGKILL
        _process.WaitForExit();
        Forget();
    }

    /// <summary>Asks it to end, and waits.</summary>
    /// <returns>Its exit code; null when it had to be killed.</returns>
    public int? End(TimeSpan patience)
    {
        if (_process is null)
        {
            return null;
        }

        Look();
        if (!_process.HasExited)
        {
            Process.Start("kill", ["-TERM", _process.Id.ToString(CultureInfo.InvariantCulture)]).WaitForExit();
            if (!_process.WaitForExit(patience))
            {
                Kill();
                return null;
            }
        }

        int code = _process.ExitCode;
        Forget();
        return code;
    }

    /// <summary>Looks at what it takes now: it and its children.</summary>
    public void Look()
    {
        if (_process is { HasExited: false } alive)
        {
            double cpu = 0;
            double pages = 0;
            foreach (int id in WithChildren(alive.Id))
            {
                try
                {
                    string stat = File.ReadAllText($"/proc/{id}/stat");
                    string[] fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
                    cpu += (double.Parse(fields[11], CultureInfo.InvariantCulture)
                        + double.Parse(fields[12], CultureInfo.InvariantCulture)) / TicksASecond;
                    pages += ProportionalMebibytes(id);
                }
                catch (IOException)
                {
                    // ended meanwhile
                }
            }

            _cpu = Math.Max(_cpu, cpu);
            Mebibytes = pages;
            PeakMebibytes = Math.Max(PeakMebibytes, pages);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (IsRunning)
        {
            Kill();
        }

        _process?.Dispose();
    }

    private void Forget()
    {
        _cpuOfEarlier += _cpu;
        _cpu = 0;
        _process?.Dispose();
        _process = null;
    }

    // PostgreSQL's processes share most of their memory: each page is counted once.
    private static double ProportionalMebibytes(int id)
    {
        foreach (string line in File.ReadLines($"/proc/{id}/smaps_rollup"))
        {
            if (line.StartsWith("Pss:", StringComparison.Ordinal))
            {
                return double.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1],
                    CultureInfo.InvariantCulture) / 1024;
            }
        }

        return 0;
    }

    private static IEnumerable<int> WithChildren(int id)
    {
        yield return id;
        string text = "";
        try
        {
            text = File.ReadAllText($"/proc/{id}/task/{id}/children");
        }
        catch (IOException)
        {
            // ended meanwhile
        }

        foreach (string child in text.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            foreach (int one in WithChildren(int.Parse(child, CultureInfo.InvariantCulture)))
            {
                yield return one;
            }
        }
    }
}
