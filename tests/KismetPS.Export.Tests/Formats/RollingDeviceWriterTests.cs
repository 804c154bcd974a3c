using KismetPS.Capture;
using KismetPS.Export.Formats;
using KismetPS.Tracking;
using Xunit;

namespace KismetPS.Export.Tests.Formats;

public sealed class RollingDeviceWriterTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("kismetps-roll-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("d.csv")]
    [InlineData("d.json")]
    [InlineData("d.jsonl")]
    [InlineData("d.wigle.csv")]
    public void By_size_every_file_is_whole_and_no_device_is_missing(string name)
    {
        List<string> files = [];
        using (var writer = new RollingDeviceWriter(Path.Combine(_folder, name), null, new FileRolling { MaxBytes = 3000 }, onFile: files.Add))
        {
            for (int i = 0; i < 200; i++)
            {
                writer.Write(Devices.Plain($"02:00:00:00:00:{i:X2}"));
                Assert.Equal(files.Count, Directory.GetFiles(_folder, "d_*").Length);
            }

            writer.Complete();
            Assert.Equal(200, writer.Count);
        }

        Assert.True(files.Count > 3);
        Assert.Equal(files.Order(StringComparer.Ordinal), Directory.GetFiles(_folder).Order(StringComparer.Ordinal));
        Assert.All(files.SkipLast(1), static f => Assert.InRange(new FileInfo(f).Length, 3000, 6000));
        Assert.All(files, f => Assert.Matches($@"[\\/]d_[0-9]{{5}}_[0-9]{{8}}T[0-9]{{6}}{name[1..].Replace(".", "\\.", StringComparison.Ordinal)}$", f));
        Assert.Equal(Enumerable.Range(0, 200).Select(static i => $"02:00:00:00:00:{i:X2}"), files.SelectMany(Read).Select(static d => d.MacAddress));
    }

    [Fact]
    public void By_age_the_next_file_begins_and_the_oldest_go()
    {
        var clock = new Clock();
        using var writer = new RollingDeviceWriter(
            Path.Combine(_folder, "d.netxml"), null, new FileRolling { MaxAge = TimeSpan.FromMinutes(10), MaxFiles = 2 }, time: clock);
        for (int i = 0; i < 10; i++)
        {
            writer.Write(Devices.Plain());
            clock.Now += TimeSpan.FromMinutes(4);
        }

        writer.Complete();
        Assert.Equal(["d_00003_20240101T002400.netxml", "d_00004_20240101T003600.netxml"], Directory.GetFiles(_folder).Select(Path.GetFileName).Order(StringComparer.Ordinal));
        Assert.Equal(10, writer.Count);
    }

    [Fact]
    public void Without_completion_the_files_before_stay_and_the_last_has_never_been()
    {
        using (var writer = new RollingDeviceWriter(Path.Combine(_folder, "d.jsonl"), null, new FileRolling { MaxBytes = 1 }))
        {
            writer.Write(Devices.Plain());
            writer.Write(Devices.Plain());
        }

        Assert.Single(Directory.GetFiles(_folder));
    }

    [Theory]
    [InlineData("d.netxml", 1000L, 0, false)]
    [InlineData("d.jsonl", 1000L, 0, true)]
    [InlineData("d.jsonl", 0L, 2, false)]
    public void What_contradicts_itself_is_refused_and_leaves_nothing(string name, long bytes, int files, bool append)
    {
        KismetException e = Assert.Throws<KismetException>(
            () => new RollingDeviceWriter(Path.Combine(_folder, name), null, new FileRolling { MaxBytes = bytes, MaxFiles = files }, append).Dispose());
        Assert.Equal(KismetErrorId.ArgumentInvalid, e.Id);
        Assert.Empty(Directory.GetFiles(_folder));
    }

    private static IEnumerable<KismetDevice> Read(string file)
    {
        using DeviceFileReader reader = DeviceFileReader.Open(file, null, static e => throw e);
        while (reader.TryRead(out KismetDevice? device))
        {
            yield return device;
        }
    }

    private sealed class Clock : TimeProvider
    {
        public DateTimeOffset Now { get; set; } = new(2024, 1, 1, 0, 0, 0, TimeSpan.Zero);

        public override DateTimeOffset GetUtcNow() => Now;
    }
}
