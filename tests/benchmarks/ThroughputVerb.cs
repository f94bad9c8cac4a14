using System.Globalization;
using BenchmarkDotNet.Columns;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Diagnosers;
using BenchmarkDotNet.Exporters;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Loggers;
using BenchmarkDotNet.Reports;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;

namespace Backstep.Benchmarks;

/// <summary>Runs BenchmarkDotNet. Exit code 1 when an hour takes longer than the goal allows.</summary>
internal static class ThroughputVerb
{
    /// <summary>Times faster than walking, on one core.</summary>
    private const double Goal = 5000;

    private const double NanosecondsPerSecond = 1e9;

    public static int Run()
    {
        // In this process: the out-of-process way builds a project of its own, which would inherit this repository's
        // build settings.
        var config = ManualConfig.CreateEmpty()
            .AddJob(
                Job.Default.WithToolchain(InProcessEmitToolchain.Instance).WithWarmupCount(3).WithIterationCount(10))
            .AddLogger(ConsoleLogger.Default)
            .AddColumnProvider(DefaultColumnProviders.Descriptor, DefaultColumnProviders.Statistics,
                DefaultColumnProviders.Metrics)
            .AddColumn(new RealTimeColumn())
            .AddDiagnoser(MemoryDiagnoser.Default)
            .AddExporter(MarkdownExporter.GitHub)
            .WithOptions(ConfigOptions.DisableLogFile);
        var summary = BenchmarkRunner.Run<Throughput>(config);
        int code = summary.Reports.Length == 2 ? 0 : 1;
        foreach (var report in summary.Reports)
        {
            if (RealTimeFactor(report) is not >= Goal)
            {
                Console.Error.WriteLine(
                    $"{report.BenchmarkCase.Descriptor.WorkloadMethodDisplayInfo}: under the goal of {Goal:0} times "
                    + $"real time");
                code = 1;
            }
        }

        return code;
    }

    private static double? RealTimeFactor(BenchmarkReport? report) =>
        report?.ResultStatistics is { } statistics ? Throughput.Seconds * NanosecondsPerSecond / statistics.Mean : null;

    private sealed class RealTimeColumn : IColumn
    {
        public string Id => nameof(RealTimeColumn);

        public string ColumnName => "x real time";

        public bool AlwaysShow => true;

        public ColumnCategory Category => ColumnCategory.Custom;

        public int PriorityInCategory => 0;

        public bool IsNumeric => true;

        public UnitType UnitType => UnitType.Dimensionless;

        public string Legend => "seconds of walking that one second of one core takes in";

        public string GetValue(Summary summary, BenchmarkCase benchmarkCase) =>
            RealTimeFactor(summary[benchmarkCase]) is { } factor ? factor.ToString("#,0", CultureInfo.InvariantCulture)
                : "?";

        public string GetValue(Summary summary, BenchmarkCase benchmarkCase, SummaryStyle style) =>
            GetValue(summary, benchmarkCase);

        public bool IsDefault(Summary summary, BenchmarkCase benchmarkCase) => false;

        public bool IsAvailable(Summary summary) => true;
    }
}
