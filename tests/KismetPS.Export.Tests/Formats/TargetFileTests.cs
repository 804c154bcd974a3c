using KismetPS.Capture;
using KismetPS.Export.Formats;
using KismetPS.Tracking;
using Xunit;

namespace KismetPS.Export.Tests.Formats;

public sealed class TargetFileTests : TestFolder
{
    [Theory]
    [InlineData("d.csv")]
    [InlineData("d.json")]
    [InlineData("d.jsonl")]
    public void The_old_file_stays_until_the_new_one_is_complete(string name)
    {
        File.WriteAllText(At(name), "old");
        using (DeviceFileWriter writer = DeviceFileWriter.Open(At(name)))
        {
            writer.Write(Devices.Plain());
            writer.Flush();
            Assert.Equal("old", File.ReadAllText(At(name)));
            writer.Complete();
            Assert.Single(Devices.Read(At(name)).Devices);
        }

        Assert.Single(Directory.GetFiles(Folder));
    }

    [Theory]
    [InlineData("d.csv")]
    [InlineData("d.json")]
    [InlineData("d.jsonl")]
    public void Without_completion_nothing_has_changed(string name)
    {
        using (DeviceFileWriter writer = DeviceFileWriter.Open(At(name)))
        {
            writer.Write(Devices.Plain());
        }

        Assert.Empty(Directory.GetFiles(Folder));
        File.WriteAllText(At(name), "old");
        using (DeviceFileWriter writer = DeviceFileWriter.Open(At(name)))
        {
            writer.Write(Devices.Plain());
        }

        Assert.Equal("old", File.ReadAllText(At(name)));
        Assert.Single(Directory.GetFiles(Folder));
    }

    [Theory]
    [InlineData("d.csv")]
    [InlineData("d.jsonl")]
    public void Append_adds_to_the_file_and_an_unfinished_append_takes_itself_back(string name)
    {
        Devices.Write(At(name), [Devices.Plain("02:00:00:00:00:01")], append: true);
        Devices.Write(At(name), [Devices.Plain("02:00:00:00:00:02")], append: true);
        byte[] before = File.ReadAllBytes(At(name));
        using (DeviceFileWriter writer = DeviceFileWriter.Open(At(name), append: true))
        {
            writer.Write(Devices.Plain("02:00:00:00:00:03"));
            writer.Flush();
        }

        Assert.Equal(before, File.ReadAllBytes(At(name)));
        (List<KismetDevice> devices, List<KismetException> bad) = Devices.Read(At(name));
        Assert.Empty(bad);
        Assert.Equal(["02:00:00:00:00:01", "02:00:00:00:00:02"], devices.Select(d => d.MacAddress));
        if (name.EndsWith("csv", StringComparison.Ordinal))
        {
            Assert.Equal(3, File.ReadLines(At(name)).Count());
        }
    }

    [Theory]
    [InlineData("d.csv", "MacAddress,Ssid\n00:00:00:00:00:01,cut")]
    [InlineData("d.jsonl", "{\"MacAddress\":\"00:00:00:00:00:01\"}")]
    public void Append_ends_a_last_line_that_has_no_end(string name, string old)
    {
        File.WriteAllText(At(name), old);
        using (DeviceFileWriter writer = DeviceFileWriter.Open(At(name), append: true, force: true))
        {
            writer.Write(Devices.Plain("02:00:00:00:00:02"));
            writer.Complete();
        }

        Assert.Equal(2, Devices.Read(At(name)).Devices.Count);
    }

    [Fact]
    public void Append_follows_the_columns_of_the_file_in_their_order()
    {
        string[] names = [.. DeviceFields.All.Select(f => f.Name).Reverse()];
        File.WriteAllText(At("d.csv"), string.Join(',', names) + "\n");
        Devices.Write(At("d.csv"), [Devices.Plain()], append: true);
        Assert.EndsWith("00:0C:42:1F:65:E9", File.ReadAllLines(At("d.csv"))[1], StringComparison.Ordinal);
        Assert.Equal(Devices.Describe(Devices.Plain()), Devices.Describe(Assert.Single(Devices.Read(At("d.csv")).Devices)));
    }

    [Fact]
    public void Append_to_other_columns_is_refused_unless_forced()
    {
        File.WriteAllText(At("d.csv"), "Ssid,Mine,MacAddress\nx,y,02:00:00:00:00:01\n");
        Assert.Equal(KismetErrorId.FormatInvalid, Assert.Throws<KismetException>(() => DeviceFileWriter.Open(At("d.csv"), append: true)).Id);
        using (DeviceFileWriter writer = DeviceFileWriter.Open(At("d.csv"), append: true, force: true))
        {
            writer.Write(Devices.Plain());
            writer.Complete();
        }

        Assert.Equal("office,,00:0C:42:1F:65:E9", File.ReadAllLines(At("d.csv"))[2]);
        File.WriteAllText(At("other.csv"), "a,b\n");
        Assert.Throws<KismetException>(() => DeviceFileWriter.Open(At("other.csv"), append: true, force: true));
        Assert.Equal("a,b\n", File.ReadAllText(At("other.csv")));
    }

    [Fact]
    public void NoClobber_protects_a_file_there_before_and_one_that_came_meanwhile()
    {
        File.WriteAllText(At("d.csv"), "old");
        Assert.Equal(KismetErrorId.FileExists, Assert.Throws<KismetException>(() => DeviceFileWriter.Open(At("d.csv"), noClobber: true)).Id);
        using (DeviceFileWriter writer = DeviceFileWriter.Open(At("new.csv"), noClobber: true))
        {
            File.WriteAllText(At("new.csv"), "somebody else's");
            Assert.Equal(KismetErrorId.FileExists, Assert.Throws<KismetException>(writer.Complete).Id);
        }

        Assert.Equal("somebody else's", File.ReadAllText(At("new.csv")));
        Assert.Equal(2, Directory.GetFiles(Folder).Length);
    }

    [Fact]
    public void A_read_only_file_is_replaced_only_by_force()
    {
        File.WriteAllText(At("d.csv"), "old");
        File.SetAttributes(At("d.csv"), FileAttributes.ReadOnly);
        Assert.Equal(KismetErrorId.FileNotWritable, Assert.Throws<KismetException>(() => DeviceFileWriter.Open(At("d.csv"))).Id);
        using DeviceFileWriter writer = DeviceFileWriter.Open(At("d.csv"), force: true);
        writer.Complete();
        Assert.Empty(Devices.Read(At("d.csv")).Devices);
    }

    [Fact]
    public void A_link_is_followed_and_rights_are_kept()
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        File.WriteAllText(At("real.csv"), "old");
        File.SetUnixFileMode(At("real.csv"), UnixFileMode.UserRead | UnixFileMode.UserWrite);
        File.CreateSymbolicLink(At("link.csv"), At("real.csv"));
        Devices.Write(At("link.csv"), [Devices.Plain()]);
        Assert.NotNull(new FileInfo(At("link.csv")).LinkTarget);
        Assert.Single(Devices.Read(At("real.csv")).Devices);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(At("real.csv")));
    }

    [Fact]
    public void What_cannot_be_done_says_why()
    {
        Assert.Equal(KismetErrorId.FileNotWritable, Id(() => DeviceFileWriter.Open(At("no/such/folder.csv"))));
        Directory.CreateDirectory(At("folder.csv"));
        Assert.Equal(KismetErrorId.FileNotWritable, Id(() => DeviceFileWriter.Open(At("folder.csv"))));
        Directory.CreateDirectory(At("folder"));
        foreach (string folder in new[] { At("folder"), At("folder.csv") })
        {
            Assert.Equal($"'{folder}' cannot be written: it is a folder.", Assert.Throws<KismetException>(() => DeviceFileWriter.Open(folder)).Message);
        }

        KismetException gone = Assert.Throws<KismetException>(() => DeviceFileWriter.Open(At("no/such/folder.csv")));
        Assert.Equal($"'{At("no/such/folder.csv")}' cannot be written: its folder does not exist.", gone.Message);
        Assert.Equal(KismetErrorId.ArgumentInvalid, Id(() => DeviceFileWriter.Open(At("d.txt"))));
        Assert.Equal(KismetErrorId.ArgumentInvalid, Id(() => DeviceFileWriter.Open(At("d.json"), append: true)));
        Assert.Equal(KismetErrorId.ArgumentInvalid, Id(() => DeviceFileWriter.Open(At("d.csv"), append: true, noClobber: true)));
        Assert.Equal(KismetErrorId.FileNotFound, Id(() => DeviceFileReader.Open(At("none.csv"))));
        Assert.Equal(KismetErrorId.FileNotFound, Id(() => DeviceFileReader.Open(At("no/none.csv"))));
        Assert.Equal(KismetErrorId.FileNotFound, Id(() => DeviceFileReader.Open(At("none.txt"))));
        Assert.Equal(KismetErrorId.FileNotReadable, Id(() => DeviceFileReader.Open(At("folder.csv"))));
        Assert.Empty(Directory.GetFiles(Folder));
    }

    [Fact]
    public void An_error_names_the_file_and_not_the_temporary_one()
    {
        // Nothing can be made in there: the system's own words name what it could not open.
        if (!Directory.Exists("/proc/self"))
        {
            return;
        }

        KismetException e = Assert.Throws<KismetException>(() => DeviceFileWriter.Open("/proc/self/d.csv"));
        Assert.Equal(KismetErrorId.FileNotWritable, e.Id);
        Assert.DoesNotContain(".tmp", e.Message, StringComparison.Ordinal);
        Assert.StartsWith("'/proc/self/d.csv' cannot be written: ", e.Message, StringComparison.Ordinal);
        Assert.Contains("/proc/self/d.csv'", e.Message["'/proc/self/d.csv'".Length..], StringComparison.Ordinal);
    }

    [Fact]
    public void A_full_disk_is_one_clear_error()
    {
        if (!File.Exists("/dev/full"))
        {
            return;
        }

        using DeviceFileWriter writer = DeviceFileWriter.Open("/dev/full", DeviceFileFormat.JsonLines);
        KismetException error = Assert.Throws<KismetException>(() =>
        {
            for (int i = 0; i < 1000; i++)
            {
                writer.Write(Devices.Plain());
            }

            writer.Complete();
        });
        Assert.Equal(KismetErrorId.FileNotWritable, error.Id);
    }

    [Fact]
    public void A_stream_is_written_and_stays_open()
    {
        using var stream = new MemoryStream();
        using (DeviceFileWriter writer = DeviceFileWriter.Open(stream, DeviceFileFormat.JsonLines))
        {
            writer.Write(Devices.Plain());
            writer.Complete();
        }

        Assert.True(stream.CanWrite);
        stream.Position = 0;
        using DeviceFileReader reader = DeviceFileReader.Open(stream, DeviceFileFormat.JsonLines);
        Assert.True(reader.TryRead(out KismetDevice? device));
        Assert.Equal("00:0C:42:1F:65:E9", device.MacAddress);
        Assert.False(reader.TryRead(out _));
    }

    private static KismetErrorId Id(Func<IDisposable> act) => Assert.Throws<KismetException>(() => act().Dispose()).Id;
}
