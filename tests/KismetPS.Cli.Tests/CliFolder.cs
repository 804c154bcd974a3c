using KismetPS.Samples;
using KismetPS.TestKit;
using Xunit;

namespace KismetPS.Cli.Tests;

/// <summary>Tests of the running program, each with a folder of its own.</summary>
public abstract class CliFolder : IDisposable
{
    protected static string Office { get; } = Checkout.At("samples", SampleFiles.Office);

    protected static string TwoSensors { get; } = Checkout.At("samples", SampleFiles.TwoSensors);

    protected string Folder { get; } = Directory.CreateTempSubdirectory("kismetps-cli-").FullName;

    public void Dispose()
    {
        Directory.Delete(Folder, recursive: true);
        GC.SuppressFinalize(this);
    }

    protected string At(string name) => Path.Combine(Folder, name);

    /// <summary>
    /// The devices of the samples: everybody who sends must be there, and besides them only those that others speak for (hosts behind an
    /// access point, the cell of the ad-hoc network).
    /// </summary>
    internal static void AssertScene(IEnumerable<string> devices, bool office = true, bool sensors = false)
    {
        IReadOnlyList<AirFrame> air = OfficeScene.Play();
        IEnumerable<AirFrame> heard = (office ? OfficeScene.Office(air) : []).Concat(sensors ? OfficeScene.Sensors(air) : []);
        string[] behind = ["00:1B:54:10:00:01", "00:1B:78:10:00:02", "50:C7:BF:0D:CA:FF", "B8:27:EB:30:00:99", "02:1B:77:9C:00:0A"];
        HashSet<string> senders = [.. heard.Select(static f => f.Sender.Text)];
        HashSet<string> found = [.. devices];
        Assert.Empty(senders.Except(found));
        Assert.Empty(found.Except(senders).Except(behind));
        Assert.True(senders.Count > 30);
    }

    /// <summary>Nothing that a terminal would act on is in the text.</summary>
    internal static void AssertPlain(string text) => Assert.DoesNotContain(text, static c => char.IsControl(c) && c is not ('\n' or '\r'));
}
