using System.Globalization;
using System.Xml.Linq;
using Backstep.Files.Export;
using Backstep.Protocol.Tests.Support;
using Backstep.Walks.Sessions;

namespace Backstep.Companion.Tests.Export;

public sealed class ExportProperties
{
    // 100 of 2,000; the long check takes 300.
    private static readonly int Sessions = (int)Math.Min(300, Sampling.PropertyCases / 20);

    [Fact]
    public void Any_session_gives_a_fit_file_that_keeps_the_protocol() => ForAll(session =>
    {
        var messages = FitReader.Read(KeptSessions.Exported(session, ExportFormat.Fit));
        var records = messages.Where(message => message.Number == 20).Select(message => message.UInt32(253)).ToArray();
        Assert.NotEmpty(records);
        Assert.Equal(records.Order().Distinct(), records);
        Assert.Equal((uint)SessionCourse.Of(session).Strides,
            messages.Single(message => message.Number == 18).UInt32(10));
        Assert.Equal(SessionCourse.Of(session).Strides,
            messages.Where(message => message.Number == 19).Sum(message => message.UInt32(10)));
    });

    [Fact]
    public void Any_session_gives_a_tcx_file_that_keeps_the_schema() => ForAll(session =>
    {
        using var stream = new MemoryStream(KeptSessions.Exported(session, ExportFormat.Tcx));
        Assert.Empty(TcxRules.Broken(XDocument.Load(stream)));
    });

    [Fact]
    public void Any_session_gives_a_table_with_a_row_a_stride() => ForAll(session =>
    {
        var rows = CsvRows.Of(System.Text.Encoding.UTF8.GetString(KeptSessions.Exported(session, ExportFormat.Csv)));
        Assert.Equal(session.Strides.Count + 1, rows.Count);
        Assert.All(rows, row => Assert.Equal(rows[0].Count, row.Count));
        int contact = rows[0].ToList().IndexOf("contact_s");
        var contacts = rows.Skip(1).Select(row => double.Parse(row[contact], CultureInfo.InvariantCulture)).ToArray();
        Assert.Equal(contacts.Order(), contacts);
    });

    [Fact]
    public void Any_session_comes_back_from_its_json_file_as_it_was() => ForAll(session =>
    {
        using var stream = new MemoryStream(KeptSessions.Exported(session, ExportFormat.Json));
        var back = SessionFile.Read(stream, "it");
        Assert.Equal(session.Walker with { Name = Storable(session.Walker.Name) }, back.Walker);
        Assert.Equal(session.Summary.Totals, back.Summary.Totals);
        Assert.Equal(session.Summary.IsComplete, back.Summary.IsComplete);
        Assert.Equal(
            session.Summary.Header.Sensors.Select(
                sensor => sensor with { Name = Storable(sensor.Name),
                    Address = sensor.Address == null ? null : Storable(sensor.Address) }), back.Summary.Header.Sensors);
        Assert.Equal(session.Summary.Header with { Sensors = [] }, back.Summary.Header with { Sensors = [] });
        Assert.Equal(session.Summary.Header.StartedAt.Offset, back.Summary.Header.StartedAt.Offset);
        Assert.Equal(session.Marks, back.Marks);
        Assert.Equal(session.Pain, back.Pain);
        Assert.Equal(session.Strides.Select(Words), back.Strides.Select(Words));
        Assert.Equal(KeptSessions.Exported(session, ExportFormat.Json), KeptSessions.Exported(back, ExportFormat.Json));
    });

    // Half of a surrogate pair is no text: UTF-8 cannot hold it.
    private static string Storable(string text) =>
        System.Text.Encoding.UTF8.GetString(System.Text.Encoding.UTF8.GetBytes(text));

    private static string Words(KeptStride kept)
    {
        var s = kept.Stride;
        return string.Create(CultureInfo.InvariantCulture,
            $"{kept.Sensor} {kept.Run} {kept.At.Ticks} {kept.Rails} {s.Sequence} {s.ContactMilliseconds} "
            + $"{s.Direction} {s.Landing} {s.Posture} {s.ConfidencePercent} {s.FootStrikeHalfDegrees} "
            + $"{s.TiltHalfDegrees} {s.StrideMilliseconds} {s.SwingMilliseconds} {s.LengthMillimeters} "
            + $"{s.ImpactTenthsG} {s.DecisionMilliseconds}");
    }

    private static void ForAll(Action<KeptSession> check) => AnySession.ForAll(Sessions, check);
}
